/**
 * Lesson 11, exercise "TODO", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/11_reliable_udp/client.ts hello
 */
import { runClient } from "@lessons/program.ts";

const options = { port: 8011, words: "MESSAGE..." };

await runClient(options, async ({ address }) => {
  using conn = await Deno.connect(address);

  // TODO: say what is to be done here. A starter runs, and fails by a wrong value.
  await conn.write(new TextEncoder().encode("TODO"));
});
