// this is what a program does that takes one write for all of a long line
import { formatAddress, runClient, typedLines } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";

await runClient({ port: 8005 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const sent = { lines: 0, isAll: false };
  const send = async () => {
    for await (const line of typedLines()) {
      sent.lines++;
      await conn.write(new TextEncoder().encode(`${line}\n`));
    }
    sent.isAll = true;
    await conn.closeWrite();
  };
  send().catch(() => {});
  const answers = new LineReader(conn, { maxLength: Infinity });
  for (let count = 0;; count++) {
    const line = await answers.readLine();
    if (line !== null) {
      console.log(line);
    } else if (sent.isAll && count === sent.lines) {
      return;
    } else {
      throw new Error(`${formatAddress(address)} closed the connection`);
    }
  }
});
