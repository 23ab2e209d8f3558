/**
 * Lesson 05, exercise "lines", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/05_sticky_packets/client.ts
 */
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);

  // TODO: send each line of `typedLines()` with LF, empty ones too, and half-close after the last.
  // TODO: at the same time, print each line that comes.
  // TODO: a server that closes before all is sent and answered is an error.
  await conn.write(new TextEncoder().encode("TODO\n"));
  console.log("TODO");
});
