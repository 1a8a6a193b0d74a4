// From the key to the findings, as an editor has it: over standard input and output, with the binary of a release.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session, site, slice } from "./session.mjs";

/** Milliseconds that a writer does not notice. */
const LIMIT_MS = 50;

const page = (lines) => {
  const paragraph = [
    "## Wochenbericht 🎈 of the desk",
    "",
    "The fund returned 12% in 2025, and nobody knows what gold does next; read [the terms](https://example.com/terms) first.",
    "Past performance is not a reliable indicator of future results.",
    "",
    "* we review *ten brokers* a year, and their spreads",
    "* your capital is at risk",
    "",
    "| pair | move |",
    "| --- | --- |",
    "| EURUSD | 0.4% |",
    "",
  ];
  const text = Array.from({ length: lines }, (_, at) => paragraph[at % paragraph.length]);
  return [...text, "Our bot makes guaranteed profits every day.", ""].join("\n");
};

for (const pull of [false, true]) {
  test(`a key in a page of 1,000 lines, ${pull ? "pulled" : "pushed"}`, async (t) => {
    const session = await Session.start(site(), { pull });
    let text = page(1000);
    session.open("page.md", text);
    if (!pull) await session.pushed("findings", "page.md", (list) => list.length > 0);
    // the end of a paragraph in the middle
    const line = 498 + 5;
    const start = { line, character: text.split("\n")[line].length };
    const waited = [];
    for (let version = 2; version < 202; version += 1) {
      const began = performance.now();
      const heard = pull
        ? undefined
        : new Promise((resolve) => {
            const handler = session.connection.onNotification("textDocument/publishDiagnostics", (said) => {
              session.diagnostics.set(said.uri, said);
              if (said.version !== version) return;
              handler.dispose();
              resolve();
            });
          });
      session.change("page.md", version, "x", { start, end: start });
      await (pull ? session.pulled("page.md") : heard);
      waited.push(performance.now() - began);
    }
    text = text.split("\n").map((words, at) => (at === line ? words + "x".repeat(200) : words)).join("\n");
    const items = pull ? await session.pulled("page.md") : session.diagnostics.get(session.uri("page.md")).diagnostics;
    assert.ok(items.some((one) => slice(text, one.range, "utf-16") === "guaranteed profits"));
    await session.stop();
    waited.sort((a, b) => a - b);
    const at = (part) => waited[Math.floor(waited.length * part)];
    t.diagnostic(`p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, worst ${waited.at(-1).toFixed(1)} ms`);
    assert.ok(at(0.95) < LIMIT_MS, `a writer waits ${at(0.95)} ms`);
  });
}
