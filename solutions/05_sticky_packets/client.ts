/**
 * Lesson 05, solution, client: send every line without waiting, print each answer as it comes.
 *
 *   deno run --allow-net=127.0.0.1 solutions/05_sticky_packets/client.ts
 */
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";
import { LineReader } from "./line_reader.ts";
import { writeLine } from "./write_line.ts";

/** What has been sent so far. */
const sent = { lines: 0, isAll: false };

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);

  // Sending and printing go on side by side. If we printed only after all is sent, a server that
  // waits for us to take its answers would take no more lines, and both would stand still.
  const sending = sendTyped(conn);
  sending.catch(() => {}); // it fails when the server is gone, and then the answers end too
  const answers = await printAnswers(conn);

  if (!sent.isAll || answers < sent.lines) {
    throw new Error(`${formatAddress(address)} closed the connection`);
  }
});

/** Sends each line of stdin and ends our direction after the last. */
async function sendTyped(conn: Deno.Conn): Promise<void> {
  for await (const line of typedLines()) {
    sent.lines++;
    await writeLine(conn, line);
  }
  sent.isAll = true;
  await conn.closeWrite(); // the server sees the end, and its last answers still reach us
}

/** Prints each line that comes until the server closes. @returns How many there were. */
async function printAnswers(conn: Deno.Conn): Promise<number> {
  const lines = new LineReader(conn, { maxLength: Infinity });
  for (let count = 0;; count++) {
    const line = await lines.readLine();
    if (line === null) return count;
    console.log(line);
  }
}
