// Beyond findings and fixes: hover, completion, waivers, the whole workspace.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { edited, position, ruleOf, Session, site } from "./session.mjs";

test("a waiver is offered, with room for the reason, and it waives", async () => {
  const session = await Session.start(site());
  let text = session.open("page.md");
  const [risky] = (await session.pushed("findings", "page.md", (list) => list.length === 2)).filter(
    (one) => ruleOf(one) === "core/promised-returns",
  );
  const waive = await session.action("page.md", risky.range, [risky], (action) => /waive/i.test(action.title));
  text = edited(text, session.edits(waive, "page.md"), "utf-16");
  assert.match(text, /<!-- caveat-disable-next-line core\/promised-returns: .*-->\nNaïve/);
  // the room for a reason is none
  session.change("page.md", 2, text);
  const unsaid = await session.pushed("findings of version 2", "page.md", (_, version) => version === 2);
  assert.ok(unsaid.some((one) => ruleOf(one) === "core/promised-returns"), JSON.stringify(unsaid));
  text = text.replace(/(promised-returns: ).*?-->/, "$1quoted from their page -->");
  session.change("page.md", 3, text);
  const rest = await session.pushed("findings of version 3", "page.md", (_, version) => version === 3);
  assert.ok(!rest.some((one) => ruleOf(one) === "core/promised-returns"), JSON.stringify(rest));
  await session.stop();
});

test("hover says the rule and the law over a finding, and what is met over a text that meets it", async () => {
  const session = await Session.start(site());
  const good = "The 🎈 fund returned 12% in 2025.\n\nPast performance is not a reliable indicator of future results.\n";
  session.open("met.md", good);
  const broken = session.open("page.md");
  const hover = async (file, text, words) =>
    JSON.stringify(
      await session.ask("textDocument/hover", {
        textDocument: { uri: session.uri(file) },
        position: position(text, words, "utf-16", 1),
      }),
    );
  assert.match(await hover("page.md", broken, "is a reliable"), /house\/past-performance.*Style book, page 4/);
  assert.match(await hover("met.md", good, "not a reliable"), /house\/past-performance.*Style book, page 4/);
  assert.equal(await hover("met.md", good, "The"), "null");
  await session.stop();
});

test("rule ids are completed in a waiver, approved texts in a page", async () => {
  const session = await Session.start(site());
  const text = session.open("page.md", "The fund returned 12% in 2025.\n\n<!-- caveat-disable-next-line co\n\nPast perf\n");
  const labels = async (words) => {
    const answer = await session.ask("textDocument/completion", {
      textDocument: { uri: session.uri("page.md") },
      position: position(text, words, "utf-16", words.length),
    });
    return JSON.stringify(answer?.items ?? answer);
  };
  assert.match(await labels("next-line co"), /core\/promised-returns/);
  assert.match(await labels("Past perf"), /Past performance is not a reliable indicator of future results\./);
  await session.stop();
});

test("a workspace's pages are judged on request, the open ones as they are in the buffers", async () => {
  const folder = site();
  fs.writeFileSync(path.join(folder, "closed.md"), "🎈 Our bot makes guaranteed profits every day.\n");
  const session = await Session.start(folder, { pull: true });
  session.open("page.md", "Nothing to see.\n");
  const { items } = await session.ask("workspace/diagnostic", { previousResultIds: [] });
  const of = (file) => items.find((item) => item.uri === session.uri(file));
  assert.deepEqual(of("closed.md").items.map(ruleOf), ["core/promised-returns"]);
  assert.deepEqual(of("page.md")?.items ?? [], []);
  await session.stop();
});
