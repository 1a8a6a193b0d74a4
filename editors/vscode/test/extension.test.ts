/** The extension with a window that is made up: what it says when it cannot start. */

import assert from "node:assert/strict";
import * as fs from "node:fs";
import Module from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";

type Load = (request: string, ...rest: unknown[]) => unknown;

/** A `vscode` that has what the extension asks for, and an empty class for whatever the client library extends. */
function made(values: Record<string, unknown>, folder: string) {
  const seen = { errors: [] as string[], commands: new Map<string, () => unknown>(), status: { text: "" } };
  const nothing = { dispose() {} };
  const event = () => nothing;
  const window: Record<string, unknown> = {
    createOutputChannel: () => ({ ...nothing, info() {}, error() {}, warn() {}, show() {} }),
    showErrorMessage: async (message: string) => void seen.errors.push(message),
  };
  const api: Record<string, unknown> = {
    window,
    languages: { createLanguageStatusItem: () => Object.assign(seen.status, nothing) },
    commands: {
      registerCommand: (name: string, run: () => unknown) => {
        seen.commands.set(name, run);
        return nothing;
      },
    },
    workspace: {
      isTrusted: true,
      workspaceFolders: [{ uri: { scheme: "file", fsPath: folder } }],
      registerTextDocumentContentProvider: () => nothing,
      onDidGrantWorkspaceTrust: event,
      onDidChangeConfiguration: event,
      getConfiguration: () => ({ get: (name: string, otherwise: unknown) => values[name] ?? otherwise }),
    },
    LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
  };
  const vscode = new Proxy(api, { get: (target, name) => target[String(name)] ?? class {} });
  return { vscode, seen };
}

async function activated(values: Record<string, unknown>, folder: string, searchPath: string) {
  const { vscode, seen } = made(values, folder);
  const module = Module as unknown as { _load: Load };
  const load = module._load;
  const before = process.env.PATH;
  module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));
  process.env.PATH = searchPath;
  try {
    // what is shipped: the bundle
    const bundle = path.resolve("dist/extension.js");
    delete require.cache[bundle];
    const extension = require(bundle) as typeof import("../src/extension");
    await extension.activate({ subscriptions: [] } as never);
    await extension.deactivate();
  } finally {
    module._load = load;
    process.env.PATH = before;
  }
  return seen;
}

test("people are told what is wrong with the binary, and what to do", async (t) => {
  if (process.platform === "win32") return t.skip("the programs of this test are shell scripts");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "caveat-"));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const binary = (name: string, body: string) => {
    const file = path.join(folder, name, "caveat");
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return path.dirname(file);
  };
  const old = binary("old", "echo caveat 0.0.3");
  const other = binary("other", "echo Caveat Emptor 7");
  const broken = binary("broken", "echo 'no such library' >&2; exit 127");
  const cases: [Record<string, unknown>, string, RegExp][] = [
    [{}, "/nowhere", /^caveat is not installed\. Install it .* or set caveat\.path/],
    [{ path: "/nowhere/caveat" }, old, /^caveat cannot be run: \/nowhere\/caveat \(caveat\.path\)\. Install/],
    [{}, old, /old\/caveat \(from PATH\) will not do: it is version 0\.0\.3, and 0\.1\.0 or later is needed\./],
    [{}, other, /other\/caveat .* it is not caveat: it calls itself "Caveat Emptor 7"/],
    [{}, broken, /broken\/caveat .* will not do: no such library\./],
  ];
  for (const [values, searchPath, says] of cases) {
    const seen = await activated(values, folder, searchPath);
    assert.equal(seen.errors.length, 1);
    assert.match(seen.errors[0] ?? "", says);
    assert.equal(seen.status.text, "caveat does not run");
  }
  const off = await activated({ enable: false }, folder, "/nowhere");
  assert.deepEqual(off.errors, []);
  assert.match(off.status.text, /^off/);
  const named = ["caveat.restart", "caveat.showOutput", "caveat.openRuleAtCursor", "caveat.fixAll"];
  assert.deepEqual([...off.commands.keys()], named);
  return undefined;
});
