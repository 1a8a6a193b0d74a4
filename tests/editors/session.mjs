// A language client without an editor: the library that VS Code speaks with, on a server's standard input and output.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(here, "../../editors/vscode/package.json"));
export const protocol = require("vscode-languageserver-protocol/node");
export const BINARY = process.env.CAVEAT ?? path.join(here, "../../target/debug/caveat");

const copies = [];
process.on("exit", () => copies.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** A copy of the site of these tests, gone when the process ends. */
export function site() {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "caveat-")));
  copies.push(folder);
  fs.cpSync(path.join(here, "site"), folder, { recursive: true });
  return folder;
}

/** What the command line says of a page that is on the disk. */
export function checked(folder, file) {
  return new Promise((resolve, reject) => {
    const child = spawn(BINARY, ["check", "--format", "json", file], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    child.on("error", reject).on("close", () => resolve(JSON.parse(out).findings));
  });
}

/** Waits, or fails with what was waited for. */
export async function until(what, holds, ms = 15_000) {
  const end = performance.now() + ms;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (performance.now() > end) assert.fail(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Fails when it takes longer. */
export function within(what, promise, ms = 15_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A place of a text in the units of an encoding. */
export function offset(text, { line, character }, encoding) {
  let at = 0;
  for (let n = 0; n < line; n += 1) {
    at = text.indexOf("\n", at) + 1;
    assert.notEqual(at, 0, `line ${line} is beyond the text`);
  }
  for (let left = character; left > 0; ) {
    const letter = String.fromCodePoint(text.codePointAt(at));
    left -= { "utf-8": Buffer.byteLength(letter), "utf-16": letter.length, "utf-32": 1 }[encoding];
    assert.ok(left >= 0, `character ${character} of line ${line} is inside of ${letter}`);
    at += letter.length;
  }
  return at;
}

/** The place of words in a text. */
export function position(text, words, encoding, after = 0) {
  const at = text.indexOf(words);
  assert.notEqual(at, -1, `${words} is not in the text`);
  const before = text.slice(0, at + after).split("\n");
  const last = before.at(-1);
  const character = {
    "utf-8": Buffer.byteLength(last),
    "utf-16": last.length,
    "utf-32": [...last].length,
  }[encoding];
  return { line: before.length - 1, character };
}

/** The rule of a diagnostic: its code without what is wrong. */
export const ruleOf = (diagnostic) => diagnostic.code.replace(/\/[a-z]+$/, "");

export const slice = (text, range, encoding) =>
  text.slice(offset(text, range.start, encoding), offset(text, range.end, encoding));

/** A text after edits that do not overlap. */
export function edited(text, edits, encoding) {
  const placed = edits.map((edit) => ({
    start: offset(text, edit.range.start, encoding),
    end: offset(text, edit.range.end, encoding),
    words: edit.newText,
  }));
  placed.sort((a, b) => b.start - a.start);
  return placed.reduce((result, { start, end, words }) => result.slice(0, start) + words + result.slice(end), text);
}

export class Session {
  diagnostics = new Map();
  refreshes = 0;
  log = [];

  static async start(folder, { pull = false, refresh = pull, encodings = ["utf-16"], args = [] } = {}) {
    const session = new Session();
    session.folder = folder;
    session.child = spawn(BINARY, ["lsp", ...args], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
    session.errors = "";
    session.child.stderr.on("data", (data) => (session.errors += data));
    session.ended = new Promise((resolve) => session.child.on("close", (code) => resolve(code)));
    const { StreamMessageReader, StreamMessageWriter, createProtocolConnection } = protocol;
    const connection = createProtocolConnection(
      new StreamMessageReader(session.child.stdout),
      new StreamMessageWriter(session.child.stdin),
    );
    session.connection = connection;
    connection.onNotification("textDocument/publishDiagnostics", (said) => session.diagnostics.set(said.uri, said));
    connection.onNotification("window/logMessage", (said) => session.log.push(said.message));
    connection.onNotification("window/showMessage", (said) => session.log.push(said.message));
    connection.onRequest("workspace/diagnostic/refresh", () => void (session.refreshes += 1));
    connection.onRequest("client/registerCapability", ({ registrations }) => void session.log.push(registrations));
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.listen();
    const root = pathToFileURL(folder).href;
    const answer = await session.ask("initialize", {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ uri: root, name: "site" }],
      capabilities: {
        general: { positionEncodings: encodings },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
          ...(pull ? { diagnostic: { relatedDocumentSupport: true } } : {}),
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
            dataSupport: true,
            resolveSupport: { properties: ["edit"] },
          },
          hover: { contentFormat: ["markdown", "plaintext"] },
          completion: { completionItem: { documentationFormat: ["markdown"], resolveSupport: { properties: [] } } },
        },
        workspace: {
          workspaceEdit: { documentChanges: true },
          ...(refresh ? { diagnostics: { refreshSupport: true } } : {}),
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
          workspaceFolders: true,
        },
        window: { showDocument: { support: true } },
      },
    });
    session.capabilities = answer.capabilities;
    session.encoding = answer.capabilities.positionEncoding ?? "utf-16";
    session.tell("initialized", {});
    return session;
  }

  ask(method, params) {
    return within(method, this.connection.sendRequest(method, params));
  }

  tell(method, params) {
    return this.connection.sendNotification(method, params);
  }

  uri(file) {
    return pathToFileURL(path.join(this.folder, file)).href;
  }

  open(file, text = fs.readFileSync(path.join(this.folder, file), "utf8"), languageId = "markdown") {
    this.tell("textDocument/didOpen", { textDocument: { uri: this.uri(file), languageId, version: 1, text } });
    return text;
  }

  /** The whole text anew, or a range of it. */
  change(file, version, text, range) {
    const contentChanges = [range === undefined ? { text } : { range, text }];
    this.tell("textDocument/didChange", { textDocument: { uri: this.uri(file), version }, contentChanges });
  }

  /** What was pushed for a file once it satisfies. */
  pushed(what, file, holds) {
    return until(what, () => {
      const said = this.diagnostics.get(this.uri(file));
      return said !== undefined && holds(said.diagnostics, said.version) ? said.diagnostics : undefined;
    });
  }

  async pulled(file) {
    const report = await this.ask("textDocument/diagnostic", { textDocument: { uri: this.uri(file) } });
    assert.equal(report.kind, "full");
    return report.items;
  }

  /** A code action with its edit. */
  async action(file, range, diagnostics, wanted, only) {
    const context = { diagnostics, ...(only === undefined ? {} : { only }) };
    const actions = await this.ask("textDocument/codeAction", { textDocument: { uri: this.uri(file) }, range, context });
    const action = (actions ?? []).find(wanted);
    assert.ok(action, `no such action among ${JSON.stringify(actions)}`);
    return action.edit === undefined && action.command === undefined ? this.ask("codeAction/resolve", action) : action;
  }

  /** The edits of an action to one file, however they are written. */
  edits(action, file) {
    const edit = action.edit ?? {};
    const changes = edit.documentChanges ?? [];
    return [
      ...(edit.changes?.[this.uri(file)] ?? []),
      ...changes.filter((change) => change.textDocument?.uri === this.uri(file)).flatMap((change) => change.edits),
    ];
  }

  async stop() {
    await this.ask("shutdown", null);
    this.tell("exit");
    const code = await within("the server ends", this.ended, 5000);
    assert.equal(code, 0, `the server ends with ${code}: ${this.errors}`);
    this.connection.dispose();
  }
}
