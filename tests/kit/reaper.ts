/**
 * Nothing is left behind: whatever ends this process, SIGKILL included, the
 * programs that it started end too.
 *
 * A second small process, the reaper, is told the id of each program that
 * starts and of each that has ended. Its standard input is a pipe from here. When
 * this process is gone the system closes that pipe, and the reaper ends what is
 * left. It stands in a process group of its own, so a Ctrl-C in the terminal
 * does not end it first.
 *
 * @module
 */

let reaper: WritableStreamDefaultWriter<Uint8Array> | undefined;

/** Starts the reaper, once; later calls do nothing. Call it outside of a test: it lives as long as this process. */
export function startReaper(): void {
  if (reaper !== undefined) return;
  const child = new Deno.Command(Deno.execPath(), {
    // --allow-run is what Deno asks for before it lets a program send a signal.
    args: [
      "run",
      "-q",
      "--no-config",
      "--allow-run",
      new URL("./reaper_process.ts", import.meta.url).href,
    ],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
  reaper = child.stdin.getWriter();
}

/** Has the reaper, which must have been started, end a process when this one is gone. */
export async function keep(pid: number): Promise<void> {
  await tell(`+${pid}\n`);
}

/** Tells the reaper that a process has ended by itself. */
export async function release(pid: number): Promise<void> {
  await tell(`-${pid}\n`);
}

async function tell(line: string): Promise<void> {
  await reaper?.write(new TextEncoder().encode(line));
}
