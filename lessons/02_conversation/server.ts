/**
 * Lesson 02, server: answer one client's messages in capitals until it leaves.
 *
 *   deno run --allow-net=127.0.0.1 lessons/02_conversation/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  while (true) {
    const count = await conn.read(buffer); // one read for one message: a bet, as lesson 05 shows
    if (count === null) break; // the client has left

    const text = new TextDecoder().decode(buffer.subarray(0, count));
    await conn.write(new TextEncoder().encode(text.toUpperCase()));
  }
});
