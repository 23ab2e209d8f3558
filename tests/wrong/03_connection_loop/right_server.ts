/**
 * The right part of the servers here: a wrong one puts its own piece in.
 *
 * @module
 */
import { explain, numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";

/** What the server has done so far. */
const totals = { clients: 0, messages: 0, bytes: 0 };

/** The pieces of a server that never goes down. */
export class Serving {
  /** The next client. */
  accept(listener: Deno.TcpListener): Promise<Deno.TcpConn> {
    return acceptNext(listener);
  }

  /** Whether the server goes on after a client's crash. */
  outlives(error: unknown): boolean {
    return explain(error, "a client") !== undefined;
  }

  /** Whether the server goes on after a client. */
  goesOn(): boolean {
    return true;
  }

  /** How much a message adds to the count of bytes. */
  sizeOf(bytes: Uint8Array): number {
    return bytes.length;
  }
}

/** Runs a server of these pieces. */
export async function runServing(serving: Serving): Promise<void> {
  const options = { port: 8003, flags: { backlog: "N" } };
  await runServer(options, async ({ address, flag, say, onCtrlC }) => {
    const range = { least: 1, most: 65535 };
    const tcpBacklog = numberOf("backlog", flag("backlog") ?? "511", range);
    using listener = Deno.listen({ ...address, tcpBacklog });
    say.listening(listener);
    onCtrlC(() => console.log(showTotals()));
    do {
      using conn = await serving.accept(listener);
      say.connected(conn);
      const name = `client #${++totals.clients}`;
      const before = totals.messages;
      try {
        await serve(conn, `you are ${name}`, serving);
      } catch (error) {
        if (!serving.outlives(error)) throw error;
      }
      console.log(`${name} left after ${totals.messages - before} messages`);
    } while (serving.goesOn());
  });
}

async function serve(
  conn: Deno.Conn,
  greeting: string,
  serving: Serving,
): Promise<void> {
  await conn.write(new TextEncoder().encode(greeting));
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;
    const bytes = buffer.subarray(0, count);
    const text = new TextDecoder().decode(bytes);
    const isStats = text === "stats";
    const answer = isStats ? showTotals() : text.toUpperCase();
    if (!isStats) {
      totals.messages++;
      totals.bytes += serving.sizeOf(bytes);
    }
    await conn.write(new TextEncoder().encode(answer));
  }
}

function showTotals(): string {
  const { clients, messages, bytes } = totals;
  return `clients=${clients} messages=${messages} bytes=${bytes}`;
}
