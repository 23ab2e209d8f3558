/**
 * The reaper's own process; see `reaper.ts`. It waits for the end of its
 * input. Then it reads the ledger, `+ID` for a process that has started and
 * `-ID` for one that has ended, and ends those that are left.
 *
 * @module
 */
const [ledger = ""] = Deno.args;

for await (const _ of Deno.stdin.readable) {
  // Nothing is ever sent: the pipe is there to end.
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
