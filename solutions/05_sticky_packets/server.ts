/**
 * Lesson 05, solution, server: answer line after line in capitals, however they are cut.
 *
 *   deno run --allow-net=127.0.0.1 solutions/05_sticky_packets/server.ts
 */
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { LineReader, LineTooLongError } from "./line_reader.ts";
import { writeLine } from "./write_line.ts";

/** The longest line, in bytes without its LF. */
const LONGEST = 1024 * 1024;

/** How much is read from a client whose line was too long, in bytes. */
const MOST_DRAINED = 64 * LONGEST;

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
  const lines = new LineReader(conn, { maxLength: LONGEST });
  try {
    while (true) {
      const line = await lines.readLine();
      if (line === null) return;
      await writeLine(conn, line.toUpperCase());
    }
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    await writeLine(conn, `error: ${error.message}`);
    await conn.closeWrite(); // no answer will come after this one
    await drain(conn);
  }
}

/**
 * Reads what still comes, and forgets it. To close a connection with unread
 * bytes resets it, and a reset may reach the client before it has read the
 * error.
 */
async function drain(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  let drained = 0;
  while (drained < MOST_DRAINED) {
    const count = await conn.read(buffer);
    if (count === null) return;
    drained += count;
  }
}
