// in the style of web streams: each client is one for await
import { numberOf, runServer } from "@lessons/program.ts";

let clients = 0, messages = 0, bytes = 0;
const totals = () => `clients=${clients} messages=${messages} bytes=${bytes}`;
const encode = (text: string) => new TextEncoder().encode(text);

await runServer(
  { port: 8003, flags: { backlog: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const tcpBacklog = numberOf("backlog", flag("backlog") ?? "128", {
      least: 1,
      most: 65535,
    });
    const listener = Deno.listen({ ...address, tcpBacklog });
    say.listening(listener);
    onCtrlC(() => console.log(totals()));
    while (true) {
      const conn = await listener.accept().catch(() => undefined);
      if (!conn) continue;
      say.connected(conn);
      const number = ++clients;
      let count = 0;
      const writer = conn.writable.getWriter();
      try {
        await writer.write(encode(`you are client #${number}`));
        for await (const chunk of conn.readable) {
          const text = new TextDecoder().decode(chunk);
          if (text === "stats") await writer.write(encode(totals()));
          else {
            count++;
            messages++;
            bytes += chunk.length;
            await writer.write(encode(text.toUpperCase()));
          }
        }
      } catch {
        // however it left
      }
      try {
        conn.close();
      } catch {
        // at its end a stream closes the connection
      }
      console.log(`client #${number} left after ${count} messages`);
    }
  },
);
