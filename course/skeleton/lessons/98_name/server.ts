/**
 * Lesson 98, server: TODO: say in a line what it does.
 *
 *   deno run --allow-net=127.0.0.1 lessons/98_name/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8098 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  if (count === null) return;

  const text = new TextDecoder().decode(buffer.subarray(0, count));
  await conn.write(new TextEncoder().encode(text.toUpperCase()));
});
