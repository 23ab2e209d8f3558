/**
 * Lesson 11, exercise "TODO", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/11_reliable_udp/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8011 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);
  await conn.read(new Uint8Array(1024));

  // TODO: say what is to be done here. A starter runs, and fails by a wrong value.
  await conn.write(new TextEncoder().encode("TODO"));
});
