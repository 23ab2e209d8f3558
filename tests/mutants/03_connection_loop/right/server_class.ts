// in the style of classes, with totals as a private record, and chatty
import { numberOf, runServer } from "@lessons/program.ts";

class Statistics {
  clients = 0;
  messages = 0;
  bytes = 0;
  toString(): string {
    return `clients=${this.clients} messages=${this.messages} bytes=${this.bytes}`;
  }
}

class Service {
  readonly statistics = new Statistics();

  async serve(conn: Deno.TcpConn): Promise<number> {
    const number = ++this.statistics.clients;
    let own = 0;
    try {
      await this.#say(conn, `you are client #${number}`);
      for (;;) {
        const message = await this.#hear(conn);
        if (message === undefined) break;
        if (new TextDecoder().decode(message) === "stats") {
          await this.#say(conn, String(this.statistics));
          continue;
        }
        own++;
        this.statistics.messages++;
        this.statistics.bytes += message.byteLength;
        await this.#say(
          conn,
          new TextDecoder().decode(message).toLocaleUpperCase("en"),
        );
      }
    } catch (error) {
      console.log(
        `(client #${number}: ${error instanceof Error ? error.name : error})`,
      );
    } finally {
      try {
        conn.close();
      } catch {
        // closed already
      }
    }
    return own;
  }

  async #hear(conn: Deno.Conn): Promise<Uint8Array | undefined> {
    const buffer = new Uint8Array(1 << 16);
    const n = await conn.read(buffer);
    return n === null ? undefined : buffer.slice(0, n);
  }

  async #say(conn: Deno.Conn, text: string): Promise<void> {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.slice(await conn.write(bytes));
  }
}

await runServer(
  { port: 8003, flags: { backlog: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const text = flag("backlog");
    const options = text === undefined ? {} : {
      tcpBacklog: numberOf("backlog", text, { least: 1, most: 65535 }),
    };
    const listener = Deno.listen({ ...address, ...options });
    say.listening(listener);
    console.log("ready to serve");
    const service = new Service();
    onCtrlC(() => {
      console.log(String(service.statistics));
    });
    for (;;) {
      let conn: Deno.TcpConn;
      try {
        conn = await listener.accept();
      } catch (error) {
        console.log(`accept failed: ${error}`);
        continue;
      }
      say.connected(conn);
      const messages = await service.serve(conn);
      console.log(
        `client #${service.statistics.clients} left after ${messages} messages`,
      );
    }
  },
);
