// a class with events
import { runClient, typedLines } from "@lessons/program.ts";

class Conversation extends EventTarget {
  #open = 0;
  #isAll = false;

  constructor(readonly conn: Deno.Conn) {
    super();
  }

  /** Whether nothing more is to come. */
  get isOver(): boolean {
    return this.#isAll && this.#open <= 0;
  }

  async send(lines: AsyncIterable<string>): Promise<void> {
    for await (const line of lines) {
      this.#open++;
      let bytes = new TextEncoder().encode(line + "\n");
      while (bytes.length) {
        bytes = bytes.slice(await this.conn.write(bytes.subarray(0, 10_000)));
      }
    }
    this.#isAll = true;
    await this.conn.closeWrite();
  }

  async listen(): Promise<void> {
    const buffer = new Uint8Array(100_000);
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const parts: string[] = [];
    const tell = (line: string) => {
      this.#open--;
      this.dispatchEvent(new CustomEvent("answer", { detail: line }));
    };
    for (let n; (n = await this.conn.read(buffer)) !== null;) {
      const lines = decoder.decode(buffer.subarray(0, n), { stream: true })
        .split("\n");
      for (const [i, part] of lines.entries()) {
        parts.push(part);
        if (i === lines.length - 1) break;
        const line = parts.splice(0).join("");
        tell(line.endsWith("\r") ? line.slice(0, -1) : line);
      }
    }
    const last = parts.join("");
    if (last) tell(last);
  }
}

await runClient({ port: 8005 }, async ({ address: { hostname, port } }) => {
  using conn = await Deno.connect({ hostname, port });
  const conversation = new Conversation(conn);
  conversation.addEventListener("answer", (event) => {
    if (event instanceof CustomEvent) console.log(event.detail);
  });
  conversation.send(typedLines()).catch(() => {});
  await conversation.listen();
  if (!conversation.isOver) throw new Error(`${hostname}:${port} has gone`);
});
