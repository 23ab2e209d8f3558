/**
 * Lesson 09, server: answer each line in capitals, after some thought.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/server.ts
 */
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

await runServer(
  { port: 8009, flags: { think: "MS" } },
  async ({ address, flag, say }) => {
    const most = { least: 0, most: 3_600_000 };
    const think = numberOf("think", flag("think") ?? "0", most);
    using listener = Deno.listen(address);
    say.listening(listener);

    while (true) {
      const conn = await acceptNext(listener);
      say.connected(conn);
      serveClient(conn, (conn) => answerLines(conn, think)); // a task for each, as in lesson 08
    }
  },
);

/** One client: its lines, one after another. */
async function answerLines(conn: Deno.Conn, think: number): Promise<void> {
  for await (const line of readLines(conn)) {
    await new Promise((resolve) => setTimeout(resolve, think));
    await writeAll(conn, new TextEncoder().encode(`${line.toUpperCase()}\n`));
  }
  console.log(`left ${formatAddress(conn.remoteAddr)}`);
}
