/**
 * Lesson 02, exercise "two-way chat", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/02_conversation/server.ts
 */
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  using conn = await listener.accept();
  say.connected(conn);

  // TODO: send each line of `typedLines()` from program.ts that is not empty.
  // TODO: at the same time, print each message that comes as `peer> text`.
  // TODO: end at `q` or `Q`, typed or received, and when the input ends.
  // TODO: a peer that is gone without `q`: "peer left" on stderr, and end.
  const buffer = new Uint8Array(1024);
  await conn.write(new TextEncoder().encode("TODO"));
  console.log("TODO");
  await conn.read(buffer);
});
