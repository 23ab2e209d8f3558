// this is what a program does that lets one client's crash end the service
import { numberOf, runServer } from "@lessons/program.ts";

/** What the server has done so far. */
const totals = { clients: 0, messages: 0, bytes: 0 };

await runServer(
  { port: 8003, flags: { backlog: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const tcpBacklog = numberOf("backlog", flag("backlog") ?? "511", {
      least: 1,
      most: 65535,
    });
    using listener = Deno.listen({ ...address, tcpBacklog });
    say.listening(listener);
    onCtrlC(() => console.log(showTotals()));

    while (true) {
      using conn = await listener.accept();
      say.connected(conn);
      totals.clients++;
      const name = `client #${totals.clients}`;

      const before = totals.messages;
      await serve(conn, `you are ${name}`);
      console.log(`${name} left after ${totals.messages - before} messages`);
    }
  },
);

/** Greets one client and answers it until it leaves. */
async function serve(conn: Deno.Conn, greeting: string): Promise<void> {
  await conn.write(new TextEncoder().encode(greeting));

  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;

    const text = new TextDecoder().decode(buffer.subarray(0, count));
    if (text === "stats") {
      await conn.write(new TextEncoder().encode(showTotals()));
      continue;
    }
    totals.messages++;
    totals.bytes += count; // what came on the wire: bytes, not characters
    await conn.write(new TextEncoder().encode(text.toUpperCase()));
  }
}

function showTotals(): string {
  const { clients, messages, bytes } = totals;
  return `clients=${clients} messages=${messages} bytes=${bytes}`;
}
