/**
 * Lesson 02, exercise "two-way chat", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/02_conversation/client.ts
 */
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);

  // TODO: send each line of `typedLines()` from program.ts that is not empty.
  // TODO: at the same time, print each message that comes as `peer> text`.
  // TODO: end at `q` or `Q`, typed or received, and when the input ends.
  // TODO: a peer that is gone without `q`: "peer left" on stderr, and end.
  const buffer = new Uint8Array(1024);
  await conn.write(new TextEncoder().encode("TODO"));
  console.log("TODO");
  await conn.read(buffer);
});
