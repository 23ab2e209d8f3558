/**
 * Lesson 01, exercise "who is calling", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/01_single_shot/client.ts hello
 */
import { runClient } from "@lessons/program.ts";

const options = { port: 8001, words: "MESSAGE..." };

await runClient(options, async ({ address, words }) => {
  // TODO: where the message is empty there is nothing to send: throw a `UsageError` from program.ts.
  const message = words.join(" ");

  using conn = await Deno.connect(address);
  await conn.write(new TextEncoder().encode(message));

  // TODO: read until the server closes, then print the whole answer.
  // TODO: where nothing came, throw an Error: "the server closed without answering".
  console.log("TODO");
});
