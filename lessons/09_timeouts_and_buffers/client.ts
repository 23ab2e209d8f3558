/**
 * Lesson 09, client: send each line that is typed, and wait for its answer, but not for ever.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/client.ts
 */
import {
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { connectWithin, within } from "./deadline.ts";

const options = {
  port: 8009,
  flags: { "connect-timeout": "MS", timeout: "MS" },
} as const;

await runClient(options, async ({ address, flag }) => {
  const range = { least: 1, most: 3_600_000 };
  const patience = flag("connect-timeout") ?? "1000";
  const connectMs = numberOf("connect-timeout", patience, range);
  const answerMs = numberOf("timeout", flag("timeout") ?? "1000", range);

  using conn = await connectWithin(connectMs, address);
  const answers = readLines(conn);
  for await (const line of typedLines()) {
    await writeAll(conn, new TextEncoder().encode(`${line}\n`));
    const next = answers.next();
    const { value, done } = await within(answerMs, "answer", conn, next);
    if (done) {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }
    console.log(value);
  }
});
