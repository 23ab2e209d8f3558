/**
 * Lesson 98, exercise "TODO", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/98_name/client.ts hello
 */
import { runClient } from "@lessons/program.ts";

const options = { port: 8098, words: "MESSAGE..." };

await runClient(options, async ({ address }) => {
  using conn = await Deno.connect(address);

  // TODO: say what is to be done here. A starter runs, and fails by a wrong value.
  await conn.write(new TextEncoder().encode("TODO"));
});
