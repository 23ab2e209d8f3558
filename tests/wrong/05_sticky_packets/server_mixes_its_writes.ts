// this is what a program does that begins to write a line before the one before it is written: an await is missing
import { runServer } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runServer({ port: 8005 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    answerLines(conn).catch(() => {}).finally(() => conn.close());
  }
});

async function answerLines(conn: Deno.Conn): Promise<void> {
  const reader = new LineReader(conn);
  const writes: Promise<void>[] = [];
  for (let line; (line = await reader.readLine()) !== null;) {
    writes.push(writeLine(conn, line.toUpperCase()));
  }
  await Promise.all(writes);
}
