/** From the settings to what the server is started with. */

export interface Settings {
  readonly config: string;
  readonly packs: readonly string[];
  readonly asOf: string;
}

/** The arguments of the binary. What is not set is not said, so that the server's own defaults hold. */
export function argumentsOf(settings: Settings): string[] {
  const said = ["lsp"];
  if (settings.config !== "") said.push(`--config=${settings.config}`);
  for (const pack of settings.packs) {
    if (pack !== "") said.push(`--pack=${pack}`);
  }
  if (settings.asOf !== "") said.push(`--as-of=${settings.asOf}`);
  return said;
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

/** The identifier of the rule in a diagnostic's code, whether it is bare or `rule/code` with an address. */
export function ruleOf(code: unknown): string | undefined {
  const value = typeof code === "object" && code !== null && "value" in code ? code.value : code;
  return typeof value === "string" && value !== "" ? value : undefined;
}
