// in the style of one byte at a time, everything at top level, in a class
import { runClient, UsageError } from "@lessons/program.ts";

class Answer {
  readonly #bytes: number[] = [];
  constructor(private readonly conn: Deno.Conn) {}

  async readAll(): Promise<Uint8Array> {
    const one = new Uint8Array(1);
    while (await this.conn.read(one)) this.#bytes.push(one[0] ?? 0);
    return new Uint8Array(this.#bytes);
  }
}

await runClient({ port: 8001, words: "MESSAGE..." }, main);

async function main(
  { address, words }: {
    address: { hostname: string; port: number };
    words: string[];
  },
): Promise<void> {
  const message = new TextEncoder().encode(words.join(" "));
  if (message.length === 0) throw new UsageError("no message");
  using conn = await Deno.connect(address);
  for (let sent = 0; sent < message.length;) {
    sent += await conn.write(message.subarray(sent));
  }
  await conn.closeWrite();
  const answer = await new Answer(conn).readAll();
  if (answer.length === 0) {
    throw new Error("the server closed without answering");
  }
  for (let at = 0; at < answer.length;) {
    at += await Deno.stdout.write(answer.subarray(at));
  }
}
