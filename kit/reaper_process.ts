/**
 * The reaper's own process; see `reaper.ts`. It answers until its input ends.
 * Then it reads the ledger, `+ID` for a process that has started and `-ID` for
 * one that has ended, `+PATH` and `-PATH` for folders, `.` where its process
 * ended by itself. It ends the processes that are left and those that carry the
 * mark, and removes the folders.
 *
 * A question is a line with the id of a process, and ` twice` behind it where
 * two looks must agree. The answer is a line of JSON about that process and
 * those that it started, `Needs` in `reaper.ts`. Where the system keeps no such
 * account it is `null`.
 *
 * @module
 */
import type { Needs } from "./reaper.ts";

const [ledger = "", mark = ""] = Deno.args;

/** How far two looks that must agree are apart, in milliseconds. */
const MOMENT_MS = 0.5;

const decoder = new TextDecoder();
let rest = "";
for await (const chunk of Deno.stdin.readable) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const [pid, twice] = line.split(" ");
    say(JSON.stringify((twice ? bothOf : needsOf)(Number(pid)) ?? null));
  }
}

const { left, isByItself } = readLedger(ledger);
const isFolder = (entry: string) => entry.includes("/");
for (const entry of left) if (!isFolder(entry)) end(Number(entry));
await Promise.all([
  endMarked(isByItself ? [0] : [0, 50, 200]),
  ...left.filter(isFolder).map(removeFolder),
]);
removeFile(ledger);

function say(line: string): void {
  try {
    Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  } catch {
    // Who asked has just ended: the input ends, too.
  }
}

/** What a ledger tells. */
interface Ledger {
  /** Ids and folders that are left. */
  readonly left: readonly string[];
  /** Whether its process ended by itself: then it was not just starting a program. */
  readonly isByItself: boolean;
}

function readLedger(ledger: string): Ledger {
  const left = new Set<string>();
  let isByItself = false;
  let text = "";
  try {
    text = Deno.readTextFileSync(ledger);
  } catch {
    // Its process has ended before it made one.
  }
  for (const line of text.split("\n").slice(0, -1)) {
    if (line === ".") isByItself = true;
    else if (line.startsWith("+")) left.add(line.slice(1));
    else left.delete(line.slice(1));
  }
  return { left: [...left], isByItself };
}

function end(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

/**
 * Ends what carries the mark: what a program has started, and a program that
 * had just been started, which may carry none yet.
 *
 * @param waits How long to wait before each look, in milliseconds.
 */
async function endMarked(waits: readonly number[]): Promise<void> {
  for (const ms of waits) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    for (const pid of marked(mark)) end(pid);
  }
}

/** The processes that carry the mark in their environment, where the system shows it. */
function marked(mark: string): number[] {
  if (Deno.build.os === "linux") {
    return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name))
      .filter((pid) => pid > 0 && environmentOf(pid).includes(mark));
  }
  if (Deno.build.os !== "darwin") return [];
  const { stdout } = new Deno.Command("ps", {
    args: ["-axwwE", "-o", "pid=,command="],
  }).outputSync();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(` ${mark}`))
    .map((line) => parseInt(line)).filter((pid) => pid !== Deno.pid);
}

function environmentOf(pid: number): string[] {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`).split("\0");
  } catch {
    return []; // it has ended, or is somebody else's
  }
}

/** Removes a folder, into which a program that is just ending may still write. */
async function removeFolder(path: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      Deno.removeSync(path, { recursive: true });
      return;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It was never made.
  }
}

/** What a process and its descendants wait for; `undefined` where nobody knows. */
function needsOf(first: number): Needs | undefined {
  if (Deno.build.os !== "linux") return undefined;
  const waits: Record<number, number> = {};
  let ran = 0;
  let sleeps = true;
  let isAtDisk = false;
  const queue = [first];
  for (let pid; (pid = queue.pop()) !== undefined;) {
    try {
      let waited = 0;
      for (const { name: thread } of Deno.readDirSync(`/proc/${pid}/task`)) {
        const task = `/proc/${pid}/task/${thread}`;
        // Two of three numbers: nanoseconds on a processor and on a run queue (sched-stats in the kernel's documentation).
        const [on, off] = read(`${task}/schedstat`).split(" ").map(Number);
        ran += (on ?? 0) / 1e6;
        waited += (off ?? 0) / 1e6;
        // After the name, which may hold anything, stands the state: S sleeps, T is stopped; D is a sleep that nothing but the disk ends (proc(5)).
        const state = /\) (\w) [^)]*$/.exec(read(`${task}/stat`))?.[1];
        if (state === "D") isAtDisk = true;
        if (state !== "S" && state !== "T") sleeps = false;
        queue.push(
          ...read(`${task}/children`).split(" ").filter(Boolean).map(Number),
        );
      }
      waits[pid] = waited;
    } catch {
      // It has ended, or this system keeps no such account.
    }
  }
  return first in waits ? { waits, ran, sleeps, isAtDisk } : undefined;
}

/** The same, after a moment; it sleeps where it did so before, too, and has done nothing in between. */
function bothOf(pid: number): Needs | undefined {
  const before = needsOf(pid);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MOMENT_MS);
  const needs = needsOf(pid);
  if (!before || !needs) return undefined;
  const sleeps = before.sleeps && needs.sleeps && before.ran === needs.ran;
  return { ...needs, sleeps };
}

function read(file: string): string {
  return Deno.readTextFileSync(file).trim();
}
