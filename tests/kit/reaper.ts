/**
 * Nothing is left behind: whatever ends this process, SIGKILL included, the
 * programs that it started end too.
 *
 * A second small process, the reaper, shares a ledger with this one: a file
 * with the id of each program that has started and of each that has ended.
 * The reaper's standard input is a pipe from here. When this process is gone
 * the system closes that pipe, and the reaper ends what the ledger has left.
 * It stands in a process group of its own, so that a Ctrl-C in the terminal
 * does not end it first.
 *
 * The ledger is a file and not the pipe because a file can be written
 * synchronously: an id stands in it the moment after the program has one.
 *
 * @module
 */
import { fromFileUrl } from "./file_url.ts";

let ledger: Deno.FsFile | undefined;

/** Starts the reaper, once; later calls do nothing. Call it outside of a test: it lives as long as this process. */
export function startReaper(): void {
  if (ledger !== undefined) return;
  const path = Deno.makeTempFileSync({ prefix: "course_reaper_" });
  ledger = Deno.openSync(path, { append: true });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-run", // what Deno asks for before it lets a program send a signal
      `--allow-read=${path}`,
      `--allow-write=${path}`,
      fromFileUrl(new URL("./reaper_process.ts", import.meta.url)),
      path,
    ],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
}

/** Has the reaper, which must have been started, end a process when this one is gone. */
export function keep(pid: number): void {
  note(`+${pid}\n`);
}

/** Tells the reaper that a process has ended by itself. */
export function release(pid: number): void {
  note(`-${pid}\n`);
}

function note(line: string): void {
  if (ledger === undefined) throw new Error("Cannot note: no reaper");
  ledger.writeSync(new TextEncoder().encode(line));
}
