/** Where the caveat binary is. Nothing here knows VS Code, so that tests can ask it. */

import * as path from "node:path";

/** What the search has to know of the machine and of the window. */
export interface Place {
  /** The setting `caveat.path`; empty when it is not set. */
  readonly setting: string;
  /** The workspace's folders, absolute. */
  readonly folders: readonly string[];
  /** Whether the person trusts those folders. What lies in them is not run otherwise. */
  readonly trusted: boolean;
  readonly home: string;
  /** The variable `PATH`. */
  readonly searchPath: string;
  readonly windows: boolean;
  /** Whether a file can be run. */
  readonly runs: (file: string) => boolean;
  /** A path without symbolic links, or itself when there is nothing. */
  readonly real: (file: string) => string;
}

export type Found =
  | { readonly file: string; readonly from: "setting" | "folder" | "PATH" }
  /** Nothing that may be run; `missing` is what the setting names, when it names something. */
  | { readonly file: undefined; readonly missing: string | undefined };

/** The binary to run: what the setting names and nothing else, or the workspace's own, or the first one on `PATH`. */
export function find(place: Place): Found {
  if (place.setting !== "") {
    const file = named(place);
    return file !== undefined && runnable(place, file)
      ? { file, from: "setting" }
      : { file: undefined, missing: file ?? place.setting };
  }
  const own = place.trusted ? place.folders.flatMap((folder) => installed(place, folder)) : [];
  const inFolder = own.find((file) => runnable(place, file));
  if (inFolder !== undefined) return { file: inFolder, from: "folder" };
  const onPath = searched(place).find((file) => runnable(place, file));
  return onPath === undefined ? { file: undefined, missing: undefined } : { file: onPath, from: "PATH" };
}

/** The file that the setting names, if it is one that a path can be made of. */
function named(place: Place): string | undefined {
  const { join, isAbsolute } = flavour(place);
  const setting = place.setting.replace(/^\$\{workspaceFolder\}/, place.folders[0] ?? "");
  if (setting === "~" || /^~[/\\]/.test(setting)) return join(place.home, setting.slice(1));
  if (isAbsolute(setting)) return setting;
  return place.folders[0] === undefined ? undefined : join(place.folders[0], setting);
}

/** Where package managers put a folder's own binary. */
function installed(place: Place, folder: string): string[] {
  const { join } = flavour(place);
  return place.windows
    ? [
        // npm's `caveat.cmd` would need a shell
        join(folder, "node_modules", "caveat-lint-win32-x64", "caveat.exe"),
        join(folder, "node_modules", "caveat-lint-win32-arm64", "caveat.exe"),
        join(folder, ".venv", "Scripts", "caveat.exe"),
      ]
    : [join(folder, "node_modules", ".bin", "caveat"), join(folder, ".venv", "bin", "caveat")];
}

/** The candidates on `PATH`. A relative entry means whatever folder is open, so it is left out. */
function searched(place: Place): string[] {
  const { join, isAbsolute, delimiter } = flavour(place);
  return place.searchPath
    .split(delimiter)
    .map((entry) => entry.replace(/^"(.*)"$/, "$1"))
    .filter((entry) => isAbsolute(entry))
    .map((entry) => join(entry, place.windows ? "caveat.exe" : "caveat"));
}

/** Whether a file is there and may be run: in a folder that is not trusted nothing may, wherever a link to it stands. */
function runnable(place: Place, file: string): boolean {
  return place.runs(file) && (place.trusted || !place.folders.some((folder) => inside(place, folder, file)));
}

function inside(place: Place, folder: string, file: string): boolean {
  const { relative, isAbsolute } = flavour(place);
  const lies = (from: string, to: string) => {
    const way = relative(from, to);
    return !isAbsolute(way) && !/^\.\.([/\\]|$)/.test(way);
  };
  return lies(folder, file) || lies(place.real(folder), place.real(file));
}

function flavour(place: Place): path.PlatformPath {
  return place.windows ? path.win32 : path.posix;
}
