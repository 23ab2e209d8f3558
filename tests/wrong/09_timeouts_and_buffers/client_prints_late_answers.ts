// this is what a program does that prints the late answer of one line for the next
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { delay, openClient } from "./jobs.ts";

let conn: Deno.Conn | undefined;
const waiting: ((answer: string) => void)[] = [];

await openClient(async (request, _id, { address, timeout }) => {
  if (!conn) {
    conn = await Deno.connect(address);
    hear(conn).catch(() => {});
  }
  const { promise, resolve } = Promise.withResolvers<string>();
  waiting.push(resolve);
  await writeLine(conn, request);
  const late = delay(timeout).then(() => ({ how: `within ${timeout} ms` }));
  const answer = await Promise.race([promise, late]);
  if (typeof answer !== "string") waiting.splice(waiting.indexOf(resolve), 1);
  return answer;
});

/** Gives whatever comes to whoever waits. */
async function hear(conn: Deno.Conn): Promise<void> {
  for await (const line of readLines(conn)) {
    const [, text] = /^\d+ (.*)$/.exec(line) ?? [];
    if (text !== undefined) waiting.shift()?.(text);
  }
}
