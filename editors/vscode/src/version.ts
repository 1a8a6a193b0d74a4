/** Which binaries will do. */

/** The first version whose `caveat lsp` this extension speaks with. */
export const OLDEST = "0.1.0";

/** What is wrong with a binary that answered so to `--version`, in words for people; nothing when it will do. */
export function unfit(answer: string): string | undefined {
  const version = versionOf(answer);
  if (version === undefined) {
    const said = answer.trim().split("\n", 1)[0] ?? "";
    return said === "" ? "it does not say which version it is" : `it is not caveat: it calls itself "${short(said)}"`;
  }
  return older(version, OLDEST) ? `it is version ${version}, and ${OLDEST} or later is needed` : undefined;
}

/** The version in `caveat 0.1.0`, the answer to `--version`. */
export function versionOf(answer: string): string | undefined {
  return /^caveat (\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\s|$)/.exec(answer)?.[1];
}

/** Whether a version comes before another. A pre-release comes before its release. */
function older(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => {
    const [numbers = "", ...rest] = text.split("-");
    return { numbers: numbers.split(".").map(Number), early: rest.length > 0 };
  });
  if (a === undefined || b === undefined) return false;
  for (const [at, number] of a.numbers.entries()) {
    const other = b.numbers[at] ?? 0;
    if (number !== other) return number < other;
  }
  return a.early && !b.early;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
