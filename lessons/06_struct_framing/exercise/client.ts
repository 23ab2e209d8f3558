/**
 * Lesson 06, exercise "small RPC", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/06_struct_framing/client.ts upper hello
 */
import { runClient } from "@lessons/program.ts";
import { writeFrame } from "@lessons/06_struct_framing/frame.ts";

await runClient(
  { port: 8006, words: "upper TEXT | sum NUMBER... | repeat TEXT TIMES | -" },
  async ({ address, words }) => {
    // TODO: make a request of the words; `-` takes one from each line of `typedLines()`. Anything else: throw a `UsageError`.
    console.error(`TODO: ${words.join(" ")}`);
    using conn = await Deno.connect(address);

    // TODO: send every request without waiting, and half-close after the last.
    // TODO: at the same time, print each reply on a line; fail at the end if one was an error.
    await writeFrame(conn, new TextEncoder().encode('{"op":"TODO"}'));
    console.log("TODO");
  },
);
