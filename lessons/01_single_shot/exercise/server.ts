/**
 * Lesson 01, exercise "who is calling", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/01_single_shot/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8001 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  console.log(`read gave ${count}`);

  // TODO: where the client left without a word, print that and answer nothing.
  // TODO: answer `<bytes> bytes from <host>:<port>: <TEXT>` and a line feed.
  const answer = "TODO\n";
  await conn.write(new TextEncoder().encode(answer));
});
