// this is what a program does that serves one client after the other
import { runServer } from "@lessons/program.ts";
import { LineReader } from "../../../solutions/05_sticky_packets/line_reader.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runServer({ port: 8005 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    using conn = await listener.accept();
    say.connected(conn);
    await answerLines(conn).catch(() => {});
  }
});

async function answerLines(conn: Deno.Conn): Promise<void> {
  const reader = new LineReader(conn);
  for (let line; (line = await reader.readLine()) !== null;) {
    await writeLine(conn, line.toUpperCase());
  }
}
