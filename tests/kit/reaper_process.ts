/**
 * The reaper's own process; see `reaper.ts`. It reads lines, `+ID` for a
 * process that has started and `-ID` for one that has ended. At the end of its
 * input it ends those that are left.
 *
 * @module
 */

const alive = new Set<number>();
let text = "";

for await (
  const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())
) {
  const lines = (text + chunk).split("\n");
  text = lines.pop() ?? "";
  for (const line of lines) {
    const pid = Number(line.slice(1));
    if (line.startsWith("+")) alive.add(pid);
    else alive.delete(pid);
  }
}

for (const pid of alive) {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}
