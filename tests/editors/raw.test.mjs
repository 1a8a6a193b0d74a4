// What editors rely on, asked message by message.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { checked, edited, position, ruleOf, Session, site, slice, until } from "./session.mjs";

const RISKY = "guaranteed\nprofits";
const isFix = (action) => /approved wording/.test(action.title) && action.kind === "quickfix";

for (const encoding of ["utf-8", "utf-16", "utf-32"]) {
  for (const pull of [false, true]) {
    test(`${pull ? "pulled" : "pushed"} in ${encoding}: ranges, law, related places, the fix`, async () => {
      const folder = site();
      const session = await Session.start(folder, { pull, encodings: [encoding] });
      assert.equal(session.encoding, encoding);
      let text = session.open("page.md");
      const expected = await checked(folder, "page.md");
      assert.ok(expected.some((finding) => finding.text === RISKY), "the site of these tests has lost its findings");
      const now = async (what, holds) =>
        pull
          ? until(what, async () => {
              const items = await session.pulled("page.md");
              return holds(items) && items;
            })
          : session.pushed(what, "page.md", holds);
      const found = await now("as many findings as check has", (list) => list.length === expected.length);
      const pairs = (list) => list.map(([rule, words]) => `${rule}: ${words}`).sort();
      assert.deepEqual(
        pairs(found.map((one) => [ruleOf(one), slice(text, one.range, encoding)])),
        pairs(expected.map((one) => [one.rule, one.text])),
      );
      const altered = found.find((one) => ruleOf(one) === "house/past-performance");
      assert.equal(altered.code, "house/past-performance/altered");
      assert.equal(altered.source, "caveat");
      assert.equal(altered.severity, 1);
      assert.equal(altered.codeDescription.href, "https://example.com/style#past");
      const related = altered.relatedInformation.find((one) => one.location.uri === session.uri("house.toml"));
      assert.ok(related, "the approved wording is related");
      const pack = fs.readFileSync(path.join(folder, "house.toml"), "utf8");
      assert.match(slice(pack, related.location.range, encoding), /Past performance is not a reliable/);

      const fix = await session.action("page.md", altered.range, [altered], isFix);
      text = edited(text, session.edits(fix, "page.md"), encoding);
      assert.match(text, /\*past performance\* is not a reliable indicator of future results\./);
      session.change("page.md", 2, text);
      const rest = await now("the finding is gone", (list) => !list.some((one) => ruleOf(one) === ruleOf(altered)));
      assert.equal(rest.length, expected.length - 1);
      await session.stop();
    });
  }
}

test("of the encodings that a client offers, the server takes one, and utf-16 from one that offers none", async () => {
  const both = await Session.start(site(), { encodings: ["utf-32", "utf-8", "utf-16"] });
  assert.ok(["utf-32", "utf-8", "utf-16"].includes(both.encoding));
  await both.stop();
  const old = await Session.start(site(), { encodings: undefined });
  assert.equal(old.encoding, "utf-16");
  await old.stop();
});

test("a client that asks and cannot be told to ask again is told, so that nothing old stays", async () => {
  const session = await Session.start(site(), { pull: true, refresh: false });
  assert.equal(session.capabilities.diagnosticProvider, undefined);
  session.open("page.md");
  await session.pushed("findings", "page.md", (list) => list.length === 2);
  await session.stop();
});

test("no command of the server is the extension's own: the client library registers it, and would fail", async () => {
  const session = await Session.start(site());
  const manifest = JSON.parse(fs.readFileSync(new URL("../../editors/vscode/package.json", import.meta.url), "utf8"));
  const own = manifest.contributes.commands.map((one) => one.command);
  const offered = session.capabilities.executeCommandProvider?.commands ?? [];
  assert.deepEqual(own.filter((name) => offered.includes(name)), []);
  await session.stop();
});

test("edits of ranges, several in one message, count from the text that each one leaves", async () => {
  const session = await Session.start(site());
  let text = session.open("page.md");
  await session.pushed("the first findings", "page.md", (list) => list.length === 2);
  const changes = [];
  const put = (words, other, after) => {
    const start = position(text, words, "utf-16", after);
    const end = after === words.length ? start : position(text, words, "utf-16", words.length);
    changes.push({ range: { start, end }, text: other });
    text = text.replace(words, after === words.length ? words + other : other);
  };
  put("Naïve 🧨🧨", " 🎈é\n\n🎈 and", "Naïve 🧨🧨".length);
  put("Für alle 🎈", "ffl ", 0);
  put("# Der Fonds 🎈\n\n", "", 0);
  session.tell("textDocument/didChange", { textDocument: { uri: session.uri("page.md"), version: 2 }, contentChanges: changes });
  const found = await session.pushed("findings of version 2", "page.md", (_, version) => version === 2);
  assert.deepEqual(found.map((one) => slice(text, one.range, "utf-16")).sort(), [RISKY, "is a"].sort());
  await session.stop();
});

test("all safe fixes of a file come as one action, and nothing else with it", async () => {
  const session = await Session.start(site());
  const twice = "Past performance is a reliable indicator of future results.";
  let text = session.open("page.md", `The 🎈 fund returned 12% in 2025.\n\n${twice}\n\n🎈 ${twice}\n`);
  const found = await session.pushed("findings", "page.md", (list) => list.length > 0);
  const whole = { start: { line: 0, character: 0 }, end: position(`${text}§`, "§", "utf-16") };
  const only = ["source.fixAll.caveat"];
  const all = await session.action("page.md", whole, [], (action) => action.kind === only[0], only);
  text = edited(text, session.edits(all, "page.md"), "utf-16");
  assert.ok(text.includes("Past performance is not a reliable indicator"), text);
  session.change("page.md", 2, text);
  const rest = await session.pushed("findings of version 2", "page.md", (_, version) => version === 2);
  assert.ok(rest.length < found.length);
  await session.stop();
});

for (const pull of [false, true]) {
  test(`what changes on the disk or in another buffer is judged anew, ${pull ? "pulled" : "pushed"}`, async () => {
    const folder = site();
    const session = await Session.start(folder, { pull });
    session.open("page.md");
    const rules = async (what, wanted) => {
      if (!pull) return session.pushed(what, "page.md", (list) => list.map(ruleOf).sort().join() === wanted);
      return until(what, async () => (await session.pulled("page.md")).map(ruleOf).sort().join() === wanted);
    };
    const both = "core/promised-returns,house/past-performance";
    await rules("both findings", both);
    const config = path.join(folder, "caveat.toml");
    const before = fs.readFileSync(config, "utf8");
    const off = `${before}\n[rules."core/promised-returns"]\nseverity = "off"\n`;
    const changed = (file) =>
      session.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: session.uri(file), type: 2 }] });
    const told = session.refreshes;
    fs.writeFileSync(config, off);
    changed("caveat.toml");
    await rules("the rule is off on the disk", "house/past-performance");
    if (pull) assert.ok(session.refreshes > told, "a client that pulls is told to ask again");
    // the buffer counts before the disk does
    session.open("caveat.toml", before, "toml");
    await rules("the buffer has the rule on", both);
    session.tell("textDocument/didClose", { textDocument: { uri: session.uri("caveat.toml") } });
    await rules("closed, the disk counts again", "house/past-performance");
    // a pack
    const pack = fs.readFileSync(path.join(folder, "house.toml"), "utf8");
    const other = pack.replace("returned {percent}", "nowhere said").replaceAll("The fund returned 12% in 2025", "As nowhere said");
    // another text too: the page has a sentence close to the old one
    const text = other.replaceAll(/Past performance is not[^"]*/g, "Of what is to come, nobody knows.");
    session.open("house.toml", text.replace('at = "returned 12%"', 'at = "nowhere said"'), "toml");
    await rules("the pack's buffer has another trigger", "");
    await session.stop();
  });
}

test("mistakes in caveat.toml and in a pack have their places", async () => {
  const session = await Session.start(site(), { encodings: ["utf-16"] });
  const config = session.open("caveat.toml", 'packs = ["core", "house.toml"] # 🎈\npakcs = 1\n', "toml");
  const [mistake] = await session.pushed("a mistake", "caveat.toml", (list) => list.length > 0);
  assert.equal(slice(config, mistake.range, "utf-16"), "pakcs");
  const pack = fs.readFileSync(path.join(session.folder, "house.toml"), "utf8").replace("{percent}", "🎈 {per");
  session.open("house.toml", pack, "toml");
  const [phrase] = await session.pushed("a mistake in the pack", "house.toml", (list) => list.length > 0);
  assert.deepEqual(phrase.range.start, position(pack, "{per", "utf-16"));
  await session.stop();
});

test("a closed page has no findings left in the editor", async () => {
  const session = await Session.start(site());
  session.open("page.md");
  await session.pushed("findings", "page.md", (list) => list.length === 2);
  session.tell("textDocument/didClose", { textDocument: { uri: session.uri("page.md") } });
  await session.pushed("they are taken back", "page.md", (list) => list.length === 0);
  await session.stop();
});

test("a page that has no file yet is judged too", async () => {
  const session = await Session.start(site());
  const uri = "untitled:Untitled-1";
  const text = "Our bot makes guaranteed profits every day.\n";
  session.tell("textDocument/didOpen", { textDocument: { uri, languageId: "markdown", version: 1, text } });
  const said = await until("findings", () => session.diagnostics.get(uri));
  assert.deepEqual(said.diagnostics.map(ruleOf), ["core/promised-returns"]);
  await session.stop();
});
