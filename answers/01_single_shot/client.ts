/**
 * Lesson 01, solution, client: send a message, print all that the server says until it hangs up.
 *
 *   deno run --allow-net=127.0.0.1 solutions/01_single_shot/client.ts hello
 */
import { runClient, UsageError } from "@lessons/program.ts";

const options = { port: 8001, words: "MESSAGE..." };

await runClient(options, async ({ address, words }) => {
  const message = words.join(" ");
  if (message === "") throw new UsageError("there is no message to send");

  using conn = await Deno.connect(address);
  await conn.write(new TextEncoder().encode(message));

  const buffer = new Uint8Array(1024);
  let total = 0;
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) break; // the server has hung up: the answer is whole
    total += count;
    await Deno.stdout.write(buffer.subarray(0, count)); // as bytes: a character may be cut in two here
  }
  if (total === 0) throw new Error("the server closed without answering");
});
