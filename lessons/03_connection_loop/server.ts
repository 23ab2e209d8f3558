/**
 * Lesson 03, server: answer client after client in capitals, one at a time, until Ctrl-C.
 *
 *   deno run --allow-net=127.0.0.1 lessons/03_connection_loop/server.ts
 */
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "./accept_next.ts";

await runServer({ port: 8003 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    using conn = await acceptNext(listener); // the next client in the queue
    say.connected(conn);

    try {
      await answer(conn);
      console.log("client left");
    } catch (error) {
      // One client's crash ends one conversation, never the service. A bug of our own still shows.
      const reason = explain(error, formatAddress(conn.remoteAddr));
      if (reason === undefined) throw error;
      console.log(reason);
    }
  }
});

/** Lesson 02's conversation, with one client. */
async function answer(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;

    const text = new TextDecoder().decode(buffer.subarray(0, count));
    await conn.write(new TextEncoder().encode(text.toUpperCase()));
  }
}
