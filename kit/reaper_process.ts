/**
 * The reaper's own process; see `reaper.ts`. It answers until its input ends.
 * Then it reads the ledger, `+ID` for a process that has started and `-ID` for
 * one that has ended, and ends those that are left.
 *
 * A question is a line with the id of a process. The answer is a line of JSON
 * about that process and those that it started, `Needs` in `reaper.ts`. Where
 * the system keeps no such account it is `null`.
 *
 * @module
 */
import type { Needs } from "./reaper.ts";

const [ledger = ""] = Deno.args;

const decoder = new TextDecoder();
let rest = "";
for await (const chunk of Deno.stdin.readable) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const answer = JSON.stringify(needsOf(Number(line)) ?? null);
    Deno.stdout.writeSync(new TextEncoder().encode(`${answer}\n`));
  }
}

const alive = new Set<number>();
for (const line of Deno.readTextFileSync(ledger).split("\n")) {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) alive.add(pid);
  else alive.delete(pid);
}
for (const pid of alive) {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}
Deno.removeSync(ledger);

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

function read(file: string): string {
  return Deno.readTextFileSync(file).trim();
}
