/**
 * The right part of the servers here and in 06: any number of clients at once.
 *
 * @module
 */
import { runServer } from "@lessons/program.ts";

/** Serves each client. @param answer Answers one until it leaves. */
export async function serveClients(
  answer: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  await runServer({ port: 8005 }, async ({ address, say }) => {
    using listener = Deno.listen(address);
    say.listening(listener);
    while (true) {
      const conn = await listener.accept();
      say.connected(conn);
      answer(conn).catch(() => {}).finally(() => conn.close());
    }
  });
}

/** What comes, read by read. */
export async function* reads(conn: Deno.Conn): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(64 * 1024);
  for (let count; (count = await conn.read(buffer)) !== null;) {
    yield buffer.subarray(0, count);
  }
}

/** What comes as text, however its characters are cut. */
export async function* texts(conn: Deno.Conn): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of reads(conn)) {
    yield decoder.decode(bytes, { stream: true });
  }
}

/** Answers the lines of a text. @returns What stands after the last line end. */
export async function answerLines(
  conn: Deno.Conn,
  text: AsyncIterable<string>,
  lineEnd = /\r?\n/,
): Promise<string> {
  let rest = "";
  for await (const part of text) {
    const lines = (rest + part).split(lineEnd);
    rest = lines.pop() ?? "";
    for (const line of lines) await answerLine(conn, line);
  }
  return rest;
}

/** Answers one line. */
export async function answerLine(conn: Deno.Conn, line: string): Promise<void> {
  await conn.write(new TextEncoder().encode(`${line.toUpperCase()}\n`));
}
