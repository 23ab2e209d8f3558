/**
 * Lesson 01, solution, server: tell one caller how many bytes came, and from where.
 *
 *   deno run --allow-net=127.0.0.1 solutions/01_single_shot/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8001 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  if (count === null) {
    console.log("client left without a word");
    return;
  }

  const text = new TextDecoder().decode(buffer.subarray(0, count));
  const { hostname, port } = conn.remoteAddr; // the client's own address, not ours
  const answer =
    `${count} bytes from ${hostname}:${port}: ${text.toUpperCase()}\n`;
  await conn.write(new TextEncoder().encode(answer));
});
