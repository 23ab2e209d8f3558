/**
 * Lesson 08, exercise "chat room", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/08_concurrent_server/client.ts anna
 */
import { runClient, UsageError } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) {
    throw new UsageError("it takes one name");
  }
  using conn = await Deno.connect(address);

  // TODO: stage 4: send the name, then each line of `typedLines()`, and half-close after the last.
  // TODO: stage 4: at the same time, print each line that comes (`readLines`); one that begins with `error: ` ends the client.
  // TODO: stage 4: when the server goes first, say so on stderr.
  await writeAll(conn, new TextEncoder().encode("TODO\n"));
  console.log("TODO");
});
