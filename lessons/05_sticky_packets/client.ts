/**
 * Lesson 05, client: send the mode's messages, one write each, and leave.
 *
 *   deno run --allow-net=127.0.0.1 lessons/05_sticky_packets/client.ts --mode glue
 */
import { runClient } from "@lessons/program.ts";
import { readMode } from "./mode.ts";

/** What is sent in each mode. */
const MESSAGES = {
  glue: ["aaa", "aaa", "aaa"],
  leftover: ["hello baby", "bye"],
  fixed: ["aaa", "aaa", "aaa"],
};

await runClient(
  { port: 8005, flags: { mode: "glue|leftover|fixed" } },
  async ({ address, flag }) => {
    const mode = readMode(flag("mode"));
    using conn = await Deno.connect(address);

    for (const message of MESSAGES[mode]) {
      await conn.write(new TextEncoder().encode(message));
    }
  },
);
