import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { real, runs } from "../src/binary";
import { find, type Place } from "../src/find";

/** A machine on which these files can be run. */
function machine(files: string[], rest: Partial<Place> = {}): Place {
  return {
    setting: "",
    folders: ["/home/ann/site"],
    trusted: true,
    home: "/home/ann",
    searchPath: "/usr/local/bin:/usr/bin",
    windows: false,
    runs: (file) => files.includes(file),
    real: (file) => file,
    ...rest,
  };
}

const NPM = "/home/ann/site/node_modules/.bin/caveat";
const VENV = "/home/ann/site/.venv/bin/caveat";
const PATH = "/usr/bin/caveat";

test("the folder's own binary goes before the one on PATH", () => {
  assert.deepEqual(find(machine([NPM, VENV, PATH])), { file: NPM, from: "folder" });
  assert.deepEqual(find(machine([VENV, PATH])), { file: VENV, from: "folder" });
  assert.deepEqual(find(machine([PATH])), { file: PATH, from: "PATH" });
  assert.deepEqual(find(machine([])), { file: undefined, missing: undefined });
});

test("the second folder of a workspace may bring it", () => {
  const folders = ["/home/ann/notes", "/home/ann/site"];
  assert.deepEqual(find(machine([VENV], { folders })), { file: VENV, from: "folder" });
});

test("the setting is taken at its word: nothing else is run when it names nothing", () => {
  const all = [NPM, VENV, PATH];
  assert.deepEqual(find(machine([...all, "/opt/caveat"], { setting: "/opt/caveat" })), {
    file: "/opt/caveat",
    from: "setting",
  });
  assert.deepEqual(find(machine(all, { setting: "/opt/caveat" })), { file: undefined, missing: "/opt/caveat" });
});

test("the setting may begin at home or in the folder", () => {
  const at = (setting: string, folders = ["/home/ann/site"]) => {
    const files = ["/home/ann/bin/caveat", "/home/ann/site/tools/caveat"];
    return find(machine(files, { setting, folders })).file;
  };
  assert.equal(at("~/bin/caveat"), "/home/ann/bin/caveat");
  assert.equal(at("tools/caveat"), "/home/ann/site/tools/caveat");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write in settings
  assert.equal(at("${workspaceFolder}/tools/caveat"), "/home/ann/site/tools/caveat");
  assert.equal(at("tools/caveat", []), undefined);
});

test("a folder that is not trusted brings nothing, by no way", () => {
  const untrusted = { trusted: false };
  assert.deepEqual(find(machine([NPM, VENV], untrusted)), { file: undefined, missing: undefined });
  assert.deepEqual(find(machine([NPM, VENV, PATH], untrusted)), { file: PATH, from: "PATH" });
  // PATH leads into the folder
  const searchPath = "/home/ann/site/node_modules/.bin:/usr/bin";
  assert.deepEqual(find(machine([NPM, PATH], { ...untrusted, searchPath })), { file: PATH, from: "PATH" });
  // the person's own setting leads into it
  assert.equal(find(machine([NPM], { ...untrusted, setting: NPM })).file, undefined);
  // a name that only begins like the folder's is another folder's
  const beside = "/home/ann/site-tools/caveat";
  assert.equal(find(machine([beside], { ...untrusted, setting: beside })).file, beside);
});

test("a relative entry of PATH means whatever folder is open, so it is left out", () => {
  const searchPath = ":.:node_modules/.bin:/usr/bin";
  const files = ["caveat", "./caveat", "node_modules/.bin/caveat", PATH];
  assert.deepEqual(find(machine(files, { searchPath, folders: [] })), { file: PATH, from: "PATH" });
});

test("Windows has other places and endings", () => {
  const windows = {
    windows: true,
    folders: ["C:\\site"],
    home: "C:\\Users\\ann",
    searchPath: '"C:\\Program Files\\caveat";D:\\bin',
  };
  const at = (file: string, rest: Partial<Place> = {}) => find(machine([file], { ...windows, ...rest })).file;
  for (const file of [
    "C:\\site\\.venv\\Scripts\\caveat.exe",
    "C:\\site\\node_modules\\caveat-lint-win32-x64\\caveat.exe",
    "C:\\Program Files\\caveat\\caveat.exe",
    "D:\\bin\\caveat.exe",
  ]) {
    assert.equal(at(file), file);
  }
  assert.equal(at("C:\\site\\.venv\\Scripts\\caveat.exe", { trusted: false }), undefined);
  assert.equal(at("c:\\SITE\\x\\caveat.exe", { trusted: false, setting: "c:\\SITE\\x\\caveat.exe" }), undefined);
  assert.equal(at("D:\\bin\\caveat.exe", { trusted: false }), "D:\\bin\\caveat.exe");
});

test("on a disk: what is no program does not run, and a link into an untrusted folder is seen through", (t) => {
  if (process.platform === "win32") return t.skip("file modes are POSIX");
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "caveat-"));
  t.after(() => fs.rmSync(root, { recursive: true }));
  const folder = path.join(root, "site");
  const bin = path.join(root, "bin");
  fs.mkdirSync(path.join(folder, "evil"), { recursive: true });
  fs.mkdirSync(bin);
  const evil = path.join(folder, "evil", "caveat");
  fs.writeFileSync(evil, "#!/bin/sh\n");
  const place = { ...machine([]), folders: [folder], searchPath: bin, runs, real };
  const link = path.join(bin, "caveat");
  fs.symlinkSync(evil, link);
  assert.equal(find(place).file, undefined, "no one may run it");
  fs.chmodSync(evil, 0o755);
  assert.equal(find(place).file, link);
  assert.equal(find({ ...place, trusted: false }).file, undefined, "it lies in the folder");
  fs.rmSync(link);
  fs.mkdirSync(link);
  assert.equal(find(place).file, undefined, "a folder is no program");
  return undefined;
});
