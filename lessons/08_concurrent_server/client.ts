/**
 * Lesson 08, client: send each line that is typed, print each answer.
 *
 *   deno run --allow-net=127.0.0.1 lessons/08_concurrent_server/client.ts anna
 */
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "./lines.ts";

await runClient({ port: 8008, words: "[NAME]" }, async ({ address, words }) => {
  using conn = await Deno.connect(address);
  // Only for you: the server prints addresses, and this says whose is whose.
  const name = words[0] ?? "this client";
  console.error(`${name} is ${formatAddress(conn.localAddr)}`);

  const answers = readLines(conn);
  for await (const line of typedLines()) {
    await writeAll(conn, new TextEncoder().encode(`${line}\n`));
    const { value: answer, done } = await answers.next();
    if (done) {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }
    console.log(answer);
  }
});
