// this is what a program does that decodes each chunk on its own
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
  let rest = "";
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) break;
    rest += new TextDecoder().decode(buffer.subarray(0, count));
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) await answer(conn, line);
  }
  if (rest !== "") await answer(conn, rest);
}

async function answer(conn: Deno.Conn, line: string): Promise<void> {
  await conn.write(new TextEncoder().encode(`${line.toUpperCase()}\n`));
}
