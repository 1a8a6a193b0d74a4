// One file of the extension and of what it uses, in dist/, with the licences of both.
import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";

fs.rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  metafile: true,
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll("\\", "/"))?.[0] ?? [],
  ),
);
const notices = [...packages].sort().map((folder) => {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file: it cannot be passed on`);
  return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
});
fs.writeFileSync("dist/THIRD-PARTY.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
const [mit, apache] = ["LICENSE-MIT", "LICENSE-APACHE"].map((file) => fs.readFileSync(`../../${file}`, "utf8"));
fs.writeFileSync("LICENSE.txt", `MIT or Apache-2.0, as you like.\n\n${mit}\n${"-".repeat(80)}\n\n${apache}`);
