/**
 * What lesson 03's wrong servers do right.
 *
 * @module
 */
import {
  explain,
  formatAddress,
  numberOf,
  runServer,
  type ServerSay,
} from "@lessons/program.ts";

/** What the server has done so far. */
export const totals = { clients: 0, messages: 0, bytes: 0 };

/** Listens with the backlog that is asked for, and hands the listener on. */
export async function runGreeter(
  loop: (listener: Deno.TcpListener, say: ServerSay) => Promise<void>,
): Promise<void> {
  await runServer(
    { port: 8003, flags: { backlog: "N" } },
    async ({ address, flag, say, onCtrlC }) => {
      const range = { least: 1, most: 65535 };
      const tcpBacklog = numberOf("backlog", flag("backlog") ?? "511", range);
      using listener = Deno.listen({ ...address, tcpBacklog });
      say.listening(listener);
      onCtrlC(() => console.log(showTotals()));
      await loop(listener, say);
    },
  );
}

/** Serves one client, in whatever way it leaves. @param note Counts a message. */
export async function greet(
  conn: Deno.TcpConn,
  note?: (text: string, count: number) => void,
): Promise<void> {
  const name = `client #${++totals.clients}`;
  const before = totals.messages;
  try {
    await serve(conn, `you are ${name}`, note);
  } catch (error) {
    if (explain(error, formatAddress(conn.remoteAddr)) === undefined) {
      throw error;
    }
  }
  console.log(`${name} left after ${totals.messages - before} messages`);
}

/** Greets one client and answers it until it leaves. */
export async function serve(
  conn: Deno.Conn,
  greeting: string,
  note: (text: string, count: number) => void = (_text, count) => {
    totals.messages++;
    totals.bytes += count;
  },
): Promise<void> {
  await conn.write(new TextEncoder().encode(greeting));
  const buffer = new Uint8Array(64 * 1024);
  for (let count; (count = await conn.read(buffer)) !== null;) {
    const text = new TextDecoder().decode(buffer.subarray(0, count));
    const isStats = text === "stats";
    if (!isStats) note(text, count);
    const answer = isStats ? showTotals() : text.toUpperCase();
    await conn.write(new TextEncoder().encode(answer));
  }
}

function showTotals(): string {
  const { clients, messages, bytes } = totals;
  return `clients=${clients} messages=${messages} bytes=${bytes}`;
}
