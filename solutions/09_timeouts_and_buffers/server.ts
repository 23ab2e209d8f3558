/**
 * Lesson 09, solution, server: jobs that take their time, and a limit for each wait.
 *
 *   deno run --allow-net=127.0.0.1 solutions/09_timeouts_and_buffers/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { Desk } from "./desk.ts";

const options = {
  port: 8009,
  flags: { jobs: "N", idle: "MS", stall: "MS", grace: "MS" },
} as const;

/** Who is served, and the end of that. */
const served = new Map<Desk, Promise<void>>();

let isClosing = false;

await runServer(options, async ({ address, flag, say, onCtrlC }) => {
  const time = { least: 1, most: 3_600_000 };
  const limits = {
    jobs: numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 }),
    idle: numberOf("idle", flag("idle") ?? "30000", time),
    stall: numberOf("stall", flag("stall") ?? "5000", time),
  };
  const grace = numberOf("grace", flag("grace") ?? "5000", time);
  using listener = Deno.listen(address);
  say.listening(listener);
  onCtrlC(async () => {
    if (isClosing) return; // the second one: at once
    isClosing = true;
    listener.close();
    for (const desk of served.keys()) desk.drain();
    await waitAtMost(grace, Promise.all(served.values()));
  });

  while (true) {
    const conn = await nextClient(listener);
    say.connected(conn);
    const desk = new Desk(conn, limits);
    const task = serveClient(conn, () => desk.serve());
    served.set(desk, task.finally(() => served.delete(desk)));
  }
});

/** The next client. There is none while the server closes, which then ends by itself. */
async function nextClient(listener: Deno.TcpListener): Promise<Deno.TcpConn> {
  try {
    return await acceptNext(listener);
  } catch (error) {
    if (!isClosing) throw error;
    return await new Promise<never>(() => {});
  }
}

/** Waits for a promise, but not longer than so many milliseconds. */
async function waitAtMost(
  ms: number,
  promise: Promise<unknown>,
): Promise<void> {
  const isOver = new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.race([promise, isOver]); // the program ends then, and the timer with it
}
