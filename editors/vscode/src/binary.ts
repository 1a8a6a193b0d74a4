/** Asking the binary: which version it is, and what a rule says. */

import { execFile } from "node:child_process";
import * as fs from "node:fs";

/** Long enough for a cold disk, short enough that nobody waits for a program that is not caveat. */
const PATIENCE_MS = 15_000;

export interface Answer {
  readonly out: string;
  /** Why there is no answer, in words for people. */
  readonly failed: string | undefined;
}

/** Runs a binary to its end, without a shell and without input. */
export function ask(file: string, args: readonly string[], cwd?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, maxBuffer: 4 * 1024 * 1024, windowsHide: true, ...(cwd ? { cwd } : {}) };
    const child = execFile(file, args, options, (error, out, err) => {
      resolve({ out, failed: error === null ? undefined : why(error, err) });
    });
    child.stdin?.end();
  });
}

function why(error: Error & { killed?: boolean }, err: string): string {
  if (error.killed) return `it did not answer within ${PATIENCE_MS / 1000} seconds`;
  return err.trim() || error.message;
}

/** Whether a file can be run. On Windows the ending decides that. */
export function runs(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A path without symbolic links, or itself when there is nothing. */
export function real(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}
