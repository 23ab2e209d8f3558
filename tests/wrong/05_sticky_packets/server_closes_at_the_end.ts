// this is what a program does that closes the connection as soon as the client has half-closed, before the last answers are written
import { runServer } from "@lessons/program.ts";
import { TextLineStream } from "@std/streams/text-line-stream";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runServer({ port: 8005 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    answerLines(conn).catch(() => {});
  }
});

async function answerLines(conn: Deno.Conn): Promise<void> {
  const lines = conn.readable
    .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
    .pipeThrough(new TextLineStream());
  for await (const line of lines) await writeLine(conn, line.toUpperCase());
}
