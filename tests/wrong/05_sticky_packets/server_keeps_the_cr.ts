// this is what a program does that takes the CR of a line's end for a part of the line
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
  const decoder = new TextDecoder();
  let rest = "";
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) break;
    rest += decoder.decode(buffer.subarray(0, count), { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) await answer(conn, line);
  }
  if (rest !== "") await answer(conn, rest);
}

async function answer(conn: Deno.Conn, line: string): Promise<void> {
  await conn.write(new TextEncoder().encode(`${line.toUpperCase()}\n`));
}
