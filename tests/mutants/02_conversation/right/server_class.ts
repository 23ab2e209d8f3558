// in the style of classes: a chat with two tasks, and a promise that either of them keeps
import { runServer, typedLines } from "@lessons/program.ts";

class Chat {
  readonly #over = Promise.withResolvers<string | undefined>();
  constructor(private readonly conn: Deno.Conn) {}

  async run(): Promise<void> {
    this.#listen().catch((error) => this.#fail(error));
    this.#speak().catch((error) => this.#fail(error));
    const note = await this.#over.promise;
    if (note !== undefined) console.error(note);
    this.conn.close();
  }

  async #listen(): Promise<void> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(1024);
    for (;;) {
      const n = await this.conn.read(buffer);
      if (n === null) return this.#over.resolve("peer left");
      const said = decoder.decode(buffer.subarray(0, n));
      if (said.toUpperCase() === "Q") return this.#over.resolve(undefined);
      console.log(`peer> ${said}`);
    }
  }

  async #speak(): Promise<void> {
    for await (const line of typedLines("")) {
      if (!line) continue;
      await this.conn.write(new TextEncoder().encode(line));
      if (line.toUpperCase() === "Q") break;
    }
    this.#over.resolve(undefined);
  }

  #fail(error: unknown): void {
    if (
      error instanceof Deno.errors.ConnectionReset ||
      error instanceof Deno.errors.BrokenPipe ||
      error instanceof Deno.errors.Interrupted
    ) this.#over.resolve("peer left");
    else this.#over.reject(error);
  }
}

await runServer({ port: 8002 }, async ({ address, say }) => {
  const listener = Deno.listen(address);
  say.listening(listener);
  const conn = await listener.accept();
  say.connected(conn);
  listener.close();
  await new Chat(conn).run();
});
