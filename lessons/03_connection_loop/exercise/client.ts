/**
 * Lesson 03, exercise "never goes down", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/03_connection_loop/client.ts
 */
import { numberOf, runClient } from "@lessons/program.ts";

await runClient(
  { port: 8003, flags: { wait: "SECONDS" } },
  async ({ address, flag }) => {
    const seconds = numberOf("wait", flag("wait") ?? "0", {
      least: 0,
      most: 86_400,
      fractions: true,
    });

    // TODO: stage 3: where nothing listens, try again with growing pauses until these seconds are over.
    using conn = await Deno.connect(address);

    // TODO: stage 1: wait for the greeting and print it before anything is sent.
    // TODO: stage 1: then send each line that is not empty, and print its answer; `q` ends.
    console.log(`TODO: ${seconds} s, ${conn.remoteAddr.port}`);
  },
);
