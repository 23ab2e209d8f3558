/**
 * Lesson 08, server: answer each line in capitals, for many clients at once.
 *
 *   deno run --allow-net=127.0.0.1 lessons/08_concurrent_server/server.ts
 */
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "./lines.ts";

await runServer(
  { port: 8008, flags: { ticker: "N", pause: "MS" }, switches: ["one"] },
  async ({ address, flag, isOn, say }) => {
    const most = { least: 0, most: 1_000_000 };
    const ticks = numberOf("ticker", flag("ticker") ?? "0", most);
    const pause = numberOf("pause", flag("pause") ?? "500", most);
    using listener = Deno.listen(address);
    say.listening(listener);

    while (true) {
      const conn = await acceptNext(listener);
      say.connected(conn);
      const served = serveClient(conn, async (conn) => {
        if (ticks > 0) await tick(conn, ticks, pause);
        else await answerLines(conn);
        console.log(`left ${formatAddress(conn.remoteAddr)}`);
      });
      if (isOn("one")) await served; // without it the next client need not wait
    }
  },
);

/** One client, in a task of its own: each `await` lets the tasks of the others run. */
async function answerLines(conn: Deno.Conn): Promise<void> {
  for await (const line of readLines(conn)) {
    await writeAll(conn, new TextEncoder().encode(`${line.toUpperCase()}\n`));
  }
}

/** Says `hello0`, `hello1` and so on, each when the client has answered the one before. */
async function tick(conn: Deno.Conn, count: number, pause: number) {
  const buffer = new Uint8Array(1024);
  for (let i = 0; i < count; i++) {
    await writeAll(conn, new TextEncoder().encode(`hello${i}`));
    if (await conn.read(buffer) === null) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
