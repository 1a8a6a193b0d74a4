/** From the settings to what the binary is asked. */

/** The settings that choose rules. The server asks the window for them by the same names. */
export interface Settings {
  readonly config: string;
  readonly packs: readonly string[];
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly asOf: string;
}

/** The same as arguments of the binary. What is not set is not said, so that its own defaults hold. */
export function argumentsOf(settings: Settings): string[] {
  const one = (name: string, value: string) => (value === "" ? [] : [`--${name}=${value}`]);
  return [
    ...one("config", settings.config),
    ...settings.packs.flatMap((pack) => one("pack", pack)),
    ...settings.select.flatMap((rule) => one("select", rule)),
    ...settings.ignore.flatMap((rule) => one("ignore", rule)),
    ...one("as-of", settings.asOf),
  ];
}

/** The languages whose pages caveat reads, and those that hold strings, packs and `caveat.toml`. */
export const LANGUAGES = [
  "markdown",
  "mdx",
  "html",
  "asciidoc",
  "restructuredtext",
  "plaintext",
  "toml",
  "json",
  "jsonc",
  "yaml",
  "po",
  "srt",
  "vtt",
] as const;

/** The rule of a diagnostic's code, `pack/rule/what-is-wrong`, bare or with an address. A mistake in caveat.toml has none. */
export function ruleOf(code: unknown): string | undefined {
  const value = typeof code === "object" && code !== null && "value" in code ? code.value : code;
  return typeof value === "string" ? /^([^/]+\/.+)\/(?!config$)[^/]+$/.exec(value)?.[1] : undefined;
}
