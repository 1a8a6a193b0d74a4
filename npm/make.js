#!/usr/bin/env node
// Makes folders that `npm pack` and `npm publish` take: of the main package, or of the one for a platform with its binary.
//
//   node npm/make.js OUT                      the main package, in OUT/caveat-lint
//   node npm/make.js OUT linux-x64 BINARY     the package of a platform, in OUT/caveat-lint-linux-x64
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const main = JSON.parse(fs.readFileSync(path.join(__dirname, "package.json"), "utf8"));
const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];
const [out, platform, binary] = process.argv.slice(2);

function refuse(why) {
  console.error(`make.js: ${why}`);
  process.exit(2);
}

/** An empty folder with what every package holds. */
function begin(name, manifest) {
  const folder = path.join(out, name);
  if (fs.existsSync(folder)) refuse(`${folder} is there: remove it first`);
  fs.mkdirSync(folder, { recursive: true });
  for (const file of LICENCES) {
    fs.copyFileSync(path.join(root, file), path.join(folder, file));
  }
  fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

if (out === undefined || (platform !== undefined && binary === undefined)) {
  refuse("say a folder to write to; for a platform its name and the binary besides");
}
if (platform === undefined) {
  const folder = begin(main.name, main);
  fs.copyFileSync(path.join(__dirname, "README.md"), path.join(folder, "README.md"));
  fs.mkdirSync(path.join(folder, "bin"));
  fs.copyFileSync(path.join(__dirname, "bin/caveat.js"), path.join(folder, "bin/caveat.js"));
} else {
  const name = `${main.name}-${platform}`;
  const version = main.optionalDependencies[name];
  if (version === undefined) refuse(`package.json lists no ${name}`);
  if (!fs.statSync(binary, { throwIfNoEntry: false })?.isFile()) refuse(`${binary} is no file`);
  const [os, cpu, libc] = platform.split("-");
  const file = os === "win32" ? "caveat.exe" : "caveat";
  const manifest = {
    name,
    version,
    description: `The binary of ${main.name} for ${platform}`,
    license: main.license,
    os: [os],
    cpu: [cpu],
    ...(os === "linux" ? { libc: [libc ?? "glibc"] } : {}),
    files: [file, ...LICENCES],
    preferUnplugged: true,
  };
  const folder = begin(name, manifest);
  fs.copyFileSync(binary, path.join(folder, file));
  // npm keeps the mode that a file has when it is packed
  fs.chmodSync(path.join(folder, file), 0o755);
}
