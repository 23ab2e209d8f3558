// a class whose replies are an async generator, and frames cut by hand
import { runClient, typedLines, UsageError } from "@lessons/program.ts";

class Rpc {
  readonly conn: Deno.TcpConn;
  #rest = new Uint8Array();
  open = 0;
  isAll = false;

  constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  async ask(requests: Iterable<string> | AsyncIterable<string>): Promise<void> {
    for await (const request of requests) {
      this.open++;
      const payload = new TextEncoder().encode(request);
      const n = payload.length;
      const prefix = [n & 255, n >> 8 & 255, n >> 16 & 255, n >> 24];
      let frame = new Uint8Array([...prefix, ...payload]);
      while (frame.length > 0) {
        frame = frame.subarray(await this.conn.write(frame));
      }
    }
    this.isAll = true;
    await this.conn.closeWrite();
  }

  async *replies(): AsyncGenerator<object> {
    for (;;) {
      const prefix = await this.#take(4);
      if (!prefix) return;
      const [a = 0, b = 0, c = 0, d = 0] = prefix;
      const n = a | b << 8 | c << 16 | d << 24;
      if (n < 0 || n > 1 << 20) throw new Error(`a frame of ${n} bytes`);
      const payload = await this.#take(n);
      if (!payload) throw new Error("an end inside a frame");
      const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
      const reply = JSON.parse(text);
      if (Object.prototype.toString.call(reply) !== "[object Object]") {
        throw new Error("no object");
      }
      this.open--;
      yield reply;
    }
  }

  async #take(n: number): Promise<Uint8Array | undefined> {
    const parts = [this.#rest];
    let held = this.#rest.length;
    while (held < n) {
      const chunk = new Uint8Array(20_000);
      const count = await this.conn.read(chunk);
      if (count === null && held === 0) return undefined;
      if (count === null) throw new Error("an end inside a frame");
      parts.push(chunk.subarray(0, count));
      held += count;
    }
    const all = new Uint8Array(held);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#rest = all.subarray(n);
    return all.subarray(0, n);
  }
}

await runClient({ port: 8006, words: "…" }, async ({ address, words }) => {
  const requests = words.join() === "-" ? typedLines() : [requestOf(words)];
  using conn = await Deno.connect(address);
  const rpc = new Rpc(conn);
  const server = `${address.hostname}:${address.port}`;
  rpc.ask(requests).catch(() => {});
  let isGood = true;
  try {
    for await (const reply of rpc.replies()) {
      console.log(JSON.stringify(reply));
      isGood &&= !("error" in reply);
    }
  } catch (error) {
    throw new Error(`${server}: ${error}`);
  }
  if (rpc.open > 0 || !rpc.isAll) throw new Error(`${server} has gone`);
  if (!isGood) throw new Error("not all went well");
});

function requestOf([op, ...values]: string[]): string {
  const number = (word = "x") => {
    const isNumber = /^-?\d+(\.\d+)?(e\d+)?$/.test(word) && isFinite(+word);
    if (!isNumber) throw new UsageError(`${word} is no number`);
    return Number(word);
  };
  const [text, times] = values;
  switch (`${op} ${values.length}`) {
    case "upper 1":
      return JSON.stringify({ text, op });
    case "repeat 2":
      return JSON.stringify({ times: number(times), text, op });
  }
  if (op !== "sum") throw new UsageError("no such thing");
  return JSON.stringify({ numbers: values.map((word) => number(word)), op });
}
