/**
 * Lesson 09, exercise "jobs", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/09_timeouts_and_buffers/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

/** The longest line, in bytes. */
const LONGEST = 65_536;

const options = {
  port: 8009,
  flags: { jobs: "N", idle: "MS", stall: "MS", grace: "MS" },
} as const;

await runServer(options, async ({ address, flag, say, onCtrlC }) => {
  const time = { least: 1, most: 3_600_000 };
  const limits = {
    jobs: numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 }),
    idle: numberOf("idle", flag("idle") ?? "30000", time),
    stall: numberOf("stall", flag("stall") ?? "5000", time),
    grace: numberOf("grace", flag("grace") ?? "5000", time),
  };
  using listener = Deno.listen(address);
  say.listening(listener);
  // TODO: stage 2: on Ctrl-C the jobs that run are finished, for `limits.grace` at most; on a second one nothing is.
  onCtrlC(() => {});

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serveClient(conn, (conn) => serve(conn, limits)); // not awaited: the next client need not wait
  }
});

/** One client, in a task of its own. */
async function serve(
  conn: Deno.Conn,
  _limits: { jobs: number; idle: number; stall: number },
): Promise<void> {
  // TODO: stage 1: `ping`, jobs that run side by side, and errors. Two writes at the same time may mix their bytes.
  // TODO: stage 2: no more than `jobs` at once; who says nothing for `idle` is let go, who takes nothing for `stall` is cut off (`within` from "@lessons/09_timeouts_and_buffers/deadline.ts").
  for await (const line of readLines(conn, LONGEST)) {
    await writeAll(conn, new TextEncoder().encode(`TODO: ${line}\n`));
  }
}
