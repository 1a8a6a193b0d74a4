/** caveat in VS Code: finds the binary, starts its language server, and says plainly what is wrong when it cannot. */

import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { ask, real, runs } from "./binary";
import { find } from "./find";
import { argumentsOf, LANGUAGES, ruleOf, type Settings } from "./settings";
import { unfit, versionOf } from "./version";

/** The scheme of documents that show a rule. */
const RULE = "caveat-rule";

/** The server's command of the action that opens a rule. The client library registers it, so no command here has its name. */
const OPEN_RULE = "caveat.openRule";

interface Window {
  readonly output: vscode.LogOutputChannel;
  readonly status: vscode.LanguageStatusItem;
  client: LanguageClient | undefined;
  /** The binary that runs, for questions besides those to the server. */
  binary: string | undefined;
  /** Starts and stops come one after the other. */
  turn: Promise<void>;
}

let current: Window | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("caveat", { log: true });
  const status = vscode.languages.createLanguageStatusItem("caveat", [...LANGUAGES]);
  status.name = "caveat";
  status.command = { title: "Output", command: "caveat.showOutput" };
  const window: Window = { output, status, client: undefined, binary: undefined, turn: Promise.resolve() };
  current = window;
  context.subscriptions.push(
    output,
    status,
    vscode.commands.registerCommand("caveat.restart", () => restart(window)),
    vscode.commands.registerCommand("caveat.showOutput", () => output.show()),
    vscode.commands.registerCommand("caveat.openRuleAtCursor", openRuleAtCursor),
    vscode.commands.registerCommand("caveat.fixAll", fixAll),
    vscode.workspace.registerTextDocumentContentProvider(RULE, {
      provideTextDocumentContent: (uri) => ruleText(window, uri.path),
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(window)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // the others reach the server while it runs
      const ours = ["enable", "path"];
      if (ours.some((name) => change.affectsConfiguration(`caveat.${name}`))) void restart(window);
    }),
  );
  await restart(window);
}

export async function deactivate(): Promise<void> {
  const window = current;
  current = undefined;
  if (window === undefined) return;
  await window.turn;
  await stop(window);
}

function restart(window: Window): Promise<void> {
  window.turn = window.turn.then(async () => {
    await stop(window);
    if (setting("enable", true)) await start(window);
    else tell(window, "off: caveat.enable", vscode.LanguageStatusSeverity.Information);
  });
  return window.turn;
}

async function stop(window: Window): Promise<void> {
  const client = window.client;
  window.client = undefined;
  window.binary = undefined;
  try {
    await client?.dispose();
  } catch (wrong) {
    // it may have ended by itself; the next start is what counts
    window.output.warn(`stopping: ${String(wrong)}`);
  }
}

async function start(window: Window): Promise<void> {
  const folders = fileFolders();
  const found = find({
    setting: setting("path", ""),
    folders,
    trusted: vscode.workspace.isTrusted,
    home: os.homedir(),
    searchPath: process.env.PATH ?? "",
    windows: process.platform === "win32",
    runs,
    real,
  });
  if (found.file === undefined) {
    const why = found.missing === undefined ? "is not installed" : `cannot be run: ${found.missing} (caveat.path)`;
    return complain(window, `caveat ${why}. ${advice()}`);
  }
  const answer = await ask(found.file, ["--version"], folders[0]);
  const wrong = answer.failed ?? unfit(answer.out);
  if (wrong !== undefined) {
    return complain(window, `${found.file} (from ${found.from}) will not do: ${wrong}. ${advice()}`);
  }
  const version = versionOf(answer.out) ?? "";
  window.output.info(`caveat ${version}: ${found.file} (from ${found.from})`);
  const client = clientOf(window, found.file, folders[0]);
  window.client = client;
  window.binary = found.file;
  try {
    await client.start();
    tell(window, `caveat ${version}`, vscode.LanguageStatusSeverity.Information);
  } catch (failed) {
    await complain(window, `the language server of ${found.file} did not start: ${String(failed)}`);
  }
}

function clientOf(window: Window, command: string, cwd: string | undefined): LanguageClient {
  const server: ServerOptions = { command, args: ["lsp"], options: cwd === undefined ? {} : { cwd } };
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
    outputChannel: window.output,
    synchronize: { configurationSection: "caveat" },
    middleware: {
      // a page beside the text, where the server would show a message for a rule that no file holds
      executeCommand: (command, args, next) => {
        const rule: unknown = args[0];
        return command === OPEN_RULE && typeof rule === "string" ? openRule(rule) : next(command, args);
      },
    },
  };
  return new LanguageClient("caveat", "caveat", server, options);
}

/** Says what is wrong, with the next step one press away. It does not wait for the press. */
async function complain(window: Window, message: string): Promise<void> {
  window.output.error(message);
  tell(window, "caveat does not run", vscode.LanguageStatusSeverity.Error);
  const [settingsButton, outputButton, againButton] = ["Open Settings", "Show Output", "Try Again"] as const;
  void vscode.window.showErrorMessage(message, settingsButton, outputButton, againButton).then((pressed) => {
    if (pressed === settingsButton) void vscode.commands.executeCommand("workbench.action.openSettings", "caveat.path");
    if (pressed === outputButton) window.output.show();
    if (pressed === againButton) void restart(window);
  });
}

function advice(): string {
  const install =
    "Install it (cargo, pip or npm: see the extension's page) or set caveat.path, then restart the server.";
  return vscode.workspace.isTrusted ? install : `${install} This folder is not trusted, so what it brings is not run.`;
}

function tell(window: Window, text: string, severity: vscode.LanguageStatusSeverity): void {
  window.status.text = text;
  window.status.severity = severity;
}

async function openRuleAtCursor(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => diagnostic.source === "caveat" && diagnostic.range.contains(editor.selection.active))
    .map((diagnostic) => ruleOf(diagnostic.code))
    .filter((rule) => rule !== undefined);
  const rules = [...new Set(here)];
  if (rules.length === 0) {
    void vscode.window.showInformationMessage("caveat has found nothing at the cursor.");
    return;
  }
  const rule = rules.length === 1 ? rules[0] : await vscode.window.showQuickPick(rules);
  if (rule !== undefined) await openRule(rule);
}

async function openRule(rule: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: RULE, path: rule }));
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

/** What `caveat explain` says of a rule, by the same settings as the server. */
async function ruleText(window: Window, rule: string): Promise<string> {
  if (window.binary === undefined) return "caveat does not run.";
  const args = ["explain", ...argumentsOf(settings()), "--", rule];
  const answer = await ask(window.binary, args, fileFolders()[0]);
  return answer.failed ?? answer.out;
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.caveat", apply: "first" });
}

function fileFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => folder.uri.fsPath);
}

function settings(): Settings {
  return {
    config: setting("config", ""),
    packs: setting<string[]>("packs", []),
    select: setting<string[]>("select", []),
    ignore: setting<string[]>("ignore", []),
    asOf: setting("asOf", ""),
  };
}

function setting<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration("caveat").get<T>(name, otherwise);
}
