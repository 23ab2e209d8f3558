/**
 * Lesson 01, client: connect, send one message, print the answer, leave.
 *
 *   deno run --allow-net=127.0.0.1 lessons/01_single_shot/client.ts hello baby
 */
import { runClient } from "@lessons/program.ts";

const options = { port: 8001, words: "[MESSAGE...]" };

await runClient(options, async ({ address, words }) => {
  const message = words.join(" ") || "hello baby";

  using conn = await Deno.connect(address); // waits until the server's system says yes
  await conn.write(new TextEncoder().encode(message));

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer); // waits until bytes come, or null: the server has hung up
  if (count === null) throw new Error("the server closed without answering");

  console.log(new TextDecoder().decode(buffer.subarray(0, count)));
});
