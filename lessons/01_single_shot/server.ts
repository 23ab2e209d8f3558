/**
 * Lesson 01, server: accept one client, read once, answer in capitals, hang up.
 *
 *   deno run --allow-net=127.0.0.1 lessons/01_single_shot/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8001 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept(); // waits until a client connects
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer); // how many bytes came, or null: the client has hung up
  if (count === null) {
    console.log("client left without a word");
    return;
  }

  const text = new TextDecoder().decode(buffer.subarray(0, count)); // only the bytes that came
  await conn.write(new TextEncoder().encode(text.toUpperCase()));
});
