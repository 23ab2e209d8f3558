/**
 * Lesson 98, solution, client: TODO: say in a line what it does.
 *
 *   deno run --allow-net=127.0.0.1 solutions/98_name/client.ts hello
 */
import { runClient } from "@lessons/program.ts";

const options = { port: 8098, words: "MESSAGE..." };

await runClient(options, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  await conn.write(new TextEncoder().encode(words.join(" ")));

  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  if (count === null) throw new Error("the server closed without answering");

  console.log(new TextDecoder().decode(buffer.subarray(0, count)));
});
