// Clients that are broken, hasty or large. After each of them the server must still answer.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { BINARY, position, Session, site, slice, until, within } from "./session.mjs";

/** A server with bytes in and messages out. */
class Wire {
  said = [];

  constructor(folder) {
    this.root = pathToFileURL(folder).href;
    this.child = spawn(BINARY, ["lsp"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
    this.errors = "";
    this.child.stderr.on("data", (data) => (this.errors += data));
    this.child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => this.child.on("close", (code, signal) => resolve(signal ?? code)));
    let rest = Buffer.alloc(0);
    this.child.stdout.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const head = rest.indexOf("\r\n\r\n");
        if (head === -1) return;
        const size = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, head).toString())[1]);
        if (rest.length < head + 4 + size) return;
        this.said.push(JSON.parse(rest.subarray(head + 4, head + 4 + size).toString()));
        rest = rest.subarray(head + 4 + size);
      }
    });
  }

  bytes(text) {
    this.child.stdin.write(text);
  }

  body(text) {
    this.bytes(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  send(message) {
    this.body(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  answer(id) {
    return until(`an answer to ${id}`, () => this.said.find((message) => message.id === id && !message.method));
  }

  async begin() {
    this.send({ id: "begin", method: "initialize", params: { processId: null, rootUri: this.root, capabilities: {} } });
    assert.ok((await this.answer("begin")).result.capabilities);
    this.send({ method: "initialized", params: {} });
  }

  /** That it still does its work: a page with a claim gets its finding. */
  async works(name) {
    const uri = `${this.root}/${name}.md`;
    const text = "Our bot makes guaranteed profits every day.\n";
    this.send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "markdown", version: 7, text } },
    });
    const said = await until(`findings after ${name}`, () =>
      this.said.find((message) => message.method === "textDocument/publishDiagnostics" && message.params.uri === uri),
    );
    assert.equal(said.params.diagnostics.length, 1, name);
    this.send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
  }

  async end() {
    this.send({ id: "end", method: "shutdown" });
    await this.answer("end");
    this.send({ method: "exit" });
    assert.equal(await within("the server ends", this.ended, 5000), 0, this.errors);
    assert.doesNotMatch(this.errors, /panicked/);
  }
}

test("what is no message is answered or passed over, and the next one is read", async () => {
  const wire = new Wire(site());
  await wire.begin();
  for (const [name, body] of Object.entries({
    "no JSON": "{ not json",
    "a number": "7",
    "an empty body": "",
    "a list": '[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]',
    "no method": '{"jsonrpc":"2.0","id":91}',
    "a method that is a number": '{"jsonrpc":"2.0","id":92,"method":7}',
    "an id that is a list": '{"jsonrpc":"2.0","id":[],"method":"textDocument/hover"}',
    "a NUL": '{"jsonrpc":"2.0","id":93,"method":"a\u0000b"}',
    "half a surrogate": '{"jsonrpc":"2.0","id":94,"method":"\\ud800"}',
    "an answer to nothing": '{"jsonrpc":"2.0","id":4711,"result":null}',
    "depth": "[".repeat(200_000),
  })) {
    wire.body(body);
    await wire.works(name.replaceAll(" ", "-"));
  }
  wire.bytes("Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}");
  await wire.works("another-header");
  await wire.end();
});

test("bytes that frame no message end the server or are skipped: it never hangs, floods or panics", async () => {
  for (const garbage of [
    "\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "Content-Length: -5\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
    "Content-Length: 999999999999\r\n\r\n{}",
    `${"x".repeat(1_000_000)}`,
    "\u0000\u0001\u0002\n\n\n",
  ]) {
    const wire = new Wire(site());
    await wire.begin();
    wire.bytes(garbage);
    wire.child.stdin.end();
    await within(`the server ends after ${JSON.stringify(garbage.slice(0, 40))}`, wire.ended, 5000);
    assert.doesNotMatch(wire.errors, /panicked/);
    assert.ok(wire.errors.length < 10_000, `it writes ${wire.errors.length} bytes of complaints`);
  }
});

test("requests before initialize, twice, unknown, after shutdown: the errors that the protocol names", async () => {
  const wire = new Wire(site());
  const error = async (id, method, params) => {
    wire.send({ id, method, params });
    return (await wire.answer(id)).error?.code;
  };
  const at = { textDocument: { uri: `${wire.root}/page.md` }, position: { line: 0, character: 0 } };
  assert.equal(await error(1, "textDocument/hover", at), -32002);
  wire.send({ method: "textDocument/didClose", params: { textDocument: at.textDocument } });
  await wire.begin();
  assert.equal(await error(2, "initialize", { processId: null, rootUri: null, capabilities: {} }), -32600);
  assert.equal(await error(3, "textDocument/rename", at), -32601);
  assert.equal(await error(4, "nobody/knows", {}), -32601);
  wire.send({ method: "nobody/knows", params: { a: 1 } });
  wire.send({ method: "$/cancelRequest", params: { id: 12345 } });
  wire.send({ method: "$/setTrace", params: { value: "verbose" } });
  await wire.works("after-unknown");
  wire.send({ id: 5, method: "shutdown" });
  await wire.answer(5);
  assert.equal(await error(6, "textDocument/hover", at), -32600);
  wire.send({ method: "exit" });
  assert.equal(await within("the end", wire.ended, 5000), 0, wire.errors);
});

test("a server whose editor is gone ends: exit without shutdown with 1, and the end of the input", async () => {
  const hasty = new Wire(site());
  await hasty.begin();
  hasty.send({ method: "exit" });
  assert.equal(await within("the end", hasty.ended, 5000), 1);
  const gone = new Wire(site());
  await gone.begin();
  gone.child.stdin.end();
  await within("the end", gone.ended, 5000);
  const early = new Wire(site());
  early.child.stdin.end();
  await within("the end", early.ended, 5000);
});

test("parameters of the wrong shape are refused, each by itself", async () => {
  const wire = new Wire(site());
  await wire.begin();
  const uri = `${wire.root}/page.md`;
  const far = { line: 4_000_000_000, character: 4_000_000_000 };
  const back = { start: { line: 3, character: 4 }, end: { line: 1, character: 0 } };
  const shapes = [
    undefined, null, 7, "x", [], {}, { textDocument: null }, { textDocument: { uri: 7 } },
    { textDocument: { uri: "" } }, { textDocument: { uri: "no uri" } }, { textDocument: { uri: "file:///%00" } },
    { textDocument: { uri: "file:///%ff%fe" } }, { textDocument: { uri: "file://far.example/share/page.md" } },
    { textDocument: { uri: "https://example.com/page.md" } }, { textDocument: { uri: "untitled:x" } },
    { textDocument: { uri: `file:///${"../".repeat(40)}etc/passwd` } }, { textDocument: { uri: wire.root } },
    { textDocument: { uri }, position: far, range: { start: far, end: far }, context: { diagnostics: [] } },
    { textDocument: { uri }, position: { line: -1, character: 0 } },
    { textDocument: { uri }, position: { line: 0.5, character: 0 } },
    { textDocument: { uri }, range: back, context: { diagnostics: [{ range: back, message: "", code: {}, data: [7] }] } },
    { textDocument: { uri, version: "x" }, contentChanges: {} },
    { textDocument: { uri, version: 2 }, contentChanges: [{ range: back, text: "x" }] },
    { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: far, end: far }, text: "x" }] },
    { changes: [{ uri: "x", type: 99 }] }, { settings: [] }, { event: { added: [{ uri: "file:///nowhere", name: "" }], removed: [] } },
    { command: "no.such", arguments: [1] }, { previousResultIds: [{ uri: "x", value: "y" }] },
  ];
  const requests = [
    "textDocument/diagnostic", "workspace/diagnostic", "textDocument/codeAction", "codeAction/resolve",
    "textDocument/hover", "textDocument/completion", "completionItem/resolve", "workspace/executeCommand",
  ];
  const notifications = [
    "textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose",
    "workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration", "workspace/didChangeWorkspaceFolders",
    "$/cancelRequest", "initialized",
  ];
  let id = 1000;
  for (const [at, params] of shapes.entries()) {
    for (const method of notifications) wire.send({ method, params });
    const asked = requests.map((method) => {
      id += 1;
      wire.send({ id, method, params });
      return id;
    });
    for (const one of asked) await wire.answer(one);
    if (at % 5 === 0) await wire.works(`shape-${at}`);
  }
  await wire.works("all-shapes");
  await wire.end();
});

test("edits that do not fit leave a text that the server knows, and a whole text puts it right", async () => {
  const session = await Session.start(site());
  const text = session.open("page.md");
  const place = (line, character) => ({ line, character });
  const bad = [
    { start: place(0, 13), end: place(0, 12) },
    { start: place(2, 7), end: place(2, 7) }, // between the halves of a surrogate pair
    { start: place(500, 0), end: place(900, 0) },
    { start: place(0, 5000), end: place(0, 6000) },
  ];
  for (const [at, range] of bad.entries()) session.change("page.md", 2 + at, "x", range);
  session.change("never-opened.md", 3, "x", bad[0]);
  session.change("page.md", 2, "an older version that comes late");
  session.change("page.md", 50, text);
  const found = await session.pushed("findings of version 50", "page.md", (_, version) => version === 50);
  assert.deepEqual(found.map((one) => slice(text, one.range, "utf-16")).sort(), ["guaranteed\nprofits", "is a"]);
  await session.stop();
});

test("fast typing: the last version is judged, and not every one on the way", async () => {
  const session = await Session.start(site());
  let text = session.open("page.md");
  await session.pushed("findings", "page.md", (list) => list.length === 2);
  const typed = " and we 🎈 promise more guaranteed profits";
  const letters = [...typed];
  let version = 1;
  let at = position(text, "every day", "utf-16");
  for (let round = 0; round < 10; round += 1) {
    for (const letter of letters) {
      version += 1;
      session.change("page.md", version, letter, { start: at, end: at });
      at = { line: at.line, character: at.character + letter.length };
    }
    for (const letter of [...letters].reverse()) {
      version += 1;
      const before = { line: at.line, character: at.character - letter.length };
      session.change("page.md", version, "", { start: before, end: at });
      at = before;
    }
  }
  const found = await session.pushed("findings of the last version", "page.md", (_, of) => of === version);
  assert.deepEqual(found.map((one) => slice(text, one.range, "utf-16")).sort(), ["guaranteed\nprofits", "is a"]);
  await session.stop();
});

test("a buffer of ten megabytes is judged, and the server answers for other pages after it", async () => {
  const session = await Session.start(site());
  const line = "Wörter 🎈 about gold, the weather and what a bot may do on a Monday; nobody promises a thing here.\n\n";
  const text = `${line.repeat(Math.ceil(10_500_000 / Buffer.byteLength(line)))}Our bot makes guaranteed profits every day.\n`;
  session.open("large.md", text);
  session.open("page.md");
  session.change("large.md", 2, "🎈 ", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  await until("both pages", () => [session.uri("page.md"), session.uri("large.md")].every((uri) => session.diagnostics.has(uri)), 60_000);
  assert.equal(session.diagnostics.get(session.uri("page.md")).diagnostics.length, 2);
  assert.ok(session.diagnostics.get(session.uri("large.md")).diagnostics.length > 0, "the claim, or that the page is too large");
  await session.stop();
});
