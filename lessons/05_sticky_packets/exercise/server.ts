/**
 * Lesson 05, exercise "lines", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/05_sticky_packets/server.ts
 */
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";

await runServer({ port: 8005 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serve(conn); // not awaited: the next client need not wait
  }
});

/** One client, in a task of its own. */
async function serve(conn: Deno.Conn): Promise<void> {
  try {
    await answerLines(conn);
  } catch (error) {
    const reason = explain(error, formatAddress(conn.remoteAddr));
    if (reason === undefined) throw error; // a bug of ours
    console.log(reason);
  } finally {
    conn.close();
  }
}

async function answerLines(conn: Deno.Conn): Promise<void> {
  // TODO: answer each line in capitals, with LF. A read gives any part of a line, or many lines.
  // TODO: strip one CR before the LF; answer a last line without LF too.
  // TODO: longer than 1048576 bytes: `error: line longer than 1048576 bytes`, half-close, read on until the client closes.
  const buffer = new Uint8Array(1024);
  await conn.read(buffer);
  await conn.write(new TextEncoder().encode("TODO\n"));
}
