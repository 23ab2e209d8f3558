// this is what a program does that takes one read for one line
import { runServer } from "@lessons/program.ts";

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
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;
    const line = new TextDecoder().decode(buffer.subarray(0, count)).trimEnd();
    await conn.write(new TextEncoder().encode(`${line.toUpperCase()}\n`));
  }
}
