#!/usr/bin/env node
// Runs the binary of the package for this platform: same arguments, same streams, same exit code, same signals.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

/** Names of the packages whose binary runs here, best first. */
function candidates() {
  const name = `caveat-lint-${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return [name];
  // a static binary for musl runs beside glibc too, where someone asked for it; not the other way round
  const glibc = Boolean(process.report?.getReport().header.glibcVersionRuntime);
  return glibc ? [name, `${name}-musl`] : [`${name}-musl`];
}

function binary() {
  const file = process.platform === "win32" ? "caveat.exe" : "caveat";
  for (const name of candidates()) {
    try {
      return require.resolve(`${name}/${file}`);
    } catch (wrong) {
      if (wrong.code !== "MODULE_NOT_FOUND") throw wrong;
    }
  }
  return undefined;
}

/** Could not run: the exit code that caveat itself has for that. */
function refuse(why) {
  console.error(`caveat: ${why}`);
  process.exit(2);
}

const path = binary();
if (path === undefined) {
  refuse(
    `no binary for this machine (${candidates().join(" or ")}). ` +
      "Install again without `--omit=optional` and without a lock file that another platform wrote; " +
      "where no such package exists, build with `cargo install`.",
  );
} else {
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
  child.on("error", (wrong) => refuse(`${path} does not start: ${wrong.message}`));
  // a terminal sends these to both; what is sent to this process alone is passed on
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) return process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    // end as the binary ended; where that signal does not end node, say it as a shell would
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}
