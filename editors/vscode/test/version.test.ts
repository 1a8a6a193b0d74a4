import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../src/binary";
import { OLDEST, unfit, versionOf } from "../src/version";

test("the version is read from the answer to --version", () => {
  assert.equal(versionOf("caveat 0.1.0\n"), "0.1.0");
  assert.equal(versionOf("caveat 1.12.0-rc.1 (abc 2026-11-01)\n"), "1.12.0-rc.1");
  for (const not of ["", "0.1.0", "caveat 1.2", "Caveat emptor 1.0.0", "xcaveat 0.1.0"]) {
    assert.equal(versionOf(not), undefined, not);
  }
});

test("what is new enough will do", () => {
  for (const version of [OLDEST, "0.1.1", "0.2.0", "0.10.0", "1.0.0-beta"]) {
    assert.equal(unfit(`caveat ${version}\n`), undefined, version);
  }
});

test("what is too old or something else is named", () => {
  assert.match(unfit("caveat 0.0.9\n") ?? "", /version 0\.0\.9, and 0\.1\.0 or later/);
  assert.match(unfit("caveat 0.1.0-alpha\n") ?? "", /version 0\.1\.0-alpha/);
  assert.match(unfit("some other tool 3\nmore\n") ?? "", /calls itself "some other tool 3"$/);
  assert.match(unfit(`${"x".repeat(500)}\n`) ?? "", /x{60}…"$/);
  assert.match(unfit("") ?? "", /does not say/);
});

test("a binary that fails says why, and one that waits for input gets none", async () => {
  const run = (code: string) => ask(process.execPath, ["-e", code]);
  assert.deepEqual(await run("console.log('caveat 0.1.0')"), { out: "caveat 0.1.0\n", failed: undefined });
  assert.equal((await run("console.error('no such option'); process.exit(2)")).failed, "no such option");
  assert.match((await ask("/nowhere/caveat", ["--version"])).failed ?? "", /ENOENT/);
  assert.equal((await run("process.stdin.on('end', () => console.log('end')).resume()")).out, "end\n");
});
