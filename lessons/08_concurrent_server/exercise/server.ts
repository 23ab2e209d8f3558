/**
 * Lesson 08, exercise "chat room", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/08_concurrent_server/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

await runServer(
  { port: 8008, flags: { max: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const max = numberOf("max", flag("max") ?? "100", { least: 1, most: 1000 });
    using listener = Deno.listen(address);
    say.listening(listener);
    // TODO: stage 3: on Ctrl-C everybody in the room hears `* the room closes`.
    onCtrlC(() => {});

    while (true) {
      const conn = await acceptNext(listener);
      say.connected(conn);
      // TODO: stage 3: the client after the `max` that are connected gets `error: the room is full`.
      serveClient(conn, (conn) => host(conn, max)); // not awaited: the next client need not wait
    }
  },
);

/** One client, in a task of its own. */
async function host(conn: Deno.Conn, _max: number): Promise<void> {
  // TODO: stage 1: ask for the name; refuse it, or tell who is in the room. Stage 2: tell the others who has come.
  // TODO: stage 2: give each line to all the others, in one order. Stage 3: hold nobody up for one who does not read.
  // TODO: stage 2: tell the others when somebody has left, in whatever way.
  await writeAll(conn, new TextEncoder().encode("TODO\n"));
  for await (const line of readLines(conn)) {
    await writeAll(conn, new TextEncoder().encode(`TODO: ${line}\n`));
  }
}
