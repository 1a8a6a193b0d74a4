import assert from "node:assert/strict";
import * as fs from "node:fs";
import { test } from "node:test";
import { argumentsOf, LANGUAGES, ruleOf } from "../src/settings";

const NOTHING = { config: "", packs: [], select: [], ignore: [], asOf: "" };

test("only what is set is said to the binary", () => {
  assert.deepEqual(argumentsOf(NOTHING), []);
  assert.deepEqual(argumentsOf({ ...NOTHING, packs: [""] }), []);
  const set = {
    config: "conf/a.toml",
    packs: ["core", "-x.toml"],
    select: ["core/*"],
    ignore: ["draft"],
    asOf: "2026-11-23",
  };
  assert.deepEqual(argumentsOf(set), [
    "--config=conf/a.toml",
    "--pack=core",
    "--pack=-x.toml",
    "--select=core/*",
    "--ignore=draft",
    "--as-of=2026-11-23",
  ]);
});

test("the rule of a diagnostic is its code without what is wrong, with an address or without", () => {
  assert.equal(ruleOf("core/past-performance/missing"), "core/past-performance");
  assert.equal(ruleOf({ value: "core/past-performance/altered", target: {} }), "core/past-performance");
  for (const not of [undefined, null, 7, "", "caveat/config/config", { value: 7 }, {}])
    assert.equal(ruleOf(not), undefined);
});

test("the manifest keeps to the code: languages, settings, commands", () => {
  const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
  const events: string[] = manifest.activationEvents;
  for (const event of events.filter((event) => event.startsWith("onLanguage:"))) {
    assert.ok((LANGUAGES as readonly string[]).includes(event.slice("onLanguage:".length)), event);
  }
  const code = fs.readFileSync("src/extension.ts", "utf8");
  const settings = Object.keys(manifest.contributes.configuration.properties);
  // the client library reads this one by itself
  for (const name of settings.filter((name) => name !== "caveat.trace.server")) {
    assert.ok(code.includes(`"${name.slice("caveat.".length)}"`), `${name} is read`);
  }
  for (const { command } of manifest.contributes.commands) {
    assert.ok(code.includes(`registerCommand("${command}"`), `${command} is registered`);
  }
  const readme = fs.readFileSync("README.md", "utf8");
  for (const name of settings) assert.ok(readme.includes(`\`${name}\``), `README.md describes ${name}`);
  for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
    assert.ok(settings.includes(name), name);
  }
});
