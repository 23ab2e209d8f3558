// small reads, a class for each client, everything at top level, and a log that talks much

const LONGEST = 1024 * 1024;
const port = Number(Deno.args[Deno.args.indexOf("--port") + 1]);

class Client {
  readonly name: string;

  constructor(readonly conn: Deno.TcpConn) {
    this.name = `${conn.remoteAddr.hostname}:${conn.remoteAddr.port}`;
    console.log(`connected ${this.name}`);
  }

  async serve(): Promise<void> {
    try {
      for (let frame; (frame = await this.next()) !== undefined;) {
        await this.send(replyTo(frame));
      }
      console.log(`${this.name} has left`);
    } catch (error) {
      console.log(`${this.name}: ${error}`);
    }
    this.conn.close();
  }

  async next(): Promise<Uint8Array | undefined> {
    const prefix = await this.read(4);
    if (prefix === undefined) return undefined;
    const length = new DataView(prefix.buffer).getInt32(0, true);
    if (length >= 0 && length <= LONGEST) {
      const payload = await this.read(length);
      if (payload === undefined) throw new Error("no payload");
      return payload;
    }
    await this.send(encode({ error: `${length} bytes` }));
    await this.conn.closeWrite();
    const buffer = new Uint8Array(1000);
    while (await this.conn.read(buffer) !== null);
    throw new Error(`a length of ${length}`);
  }

  async read(size: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = new Uint8Array(size);
    for (let filled = 0; filled < size;) {
      const room = bytes.subarray(filled, filled + 999);
      const count = await this.conn.read(room);
      if (count === null && filled === 0) return undefined;
      if (count === null) throw new Error(`${filled} of ${size} bytes`);
      filled += count;
    }
    return bytes;
  }

  async send(payload: Uint8Array): Promise<void> {
    console.log(`${this.name} gets ${payload.length} bytes`);
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setInt32(0, payload.length, true);
    for (const bytes of [prefix, payload]) {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.conn.write(bytes.subarray(sent, sent + 100_000));
      }
    }
  }
}

const listener = Deno.listen({ hostname: "127.0.0.1", port });
console.log(`listening on 127.0.0.1:${listener.addr.port}`);
for (;;) {
  try {
    new Client(await listener.accept()).serve();
  } catch (error) {
    console.log(`nobody after all: ${error}`);
  }
}

function encode(reply: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(reply));
}

function replyTo(frame: Uint8Array): Uint8Array {
  const reply = encode(answer(frame));
  return reply.length <= 1048576 ? reply : encode({ error: "too long" });
}

function answer(payload: Uint8Array): { ok: unknown } | { error: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    const request: unknown = JSON.parse(text);
    if (
      typeof request !== "object" || request === null || Array.isArray(request)
    ) throw new Error("no object");
    return { ok: compute({ ...request }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : "?" };
  }
}

function compute(request: Record<string, unknown>): unknown {
  const { op, text, numbers, times } = request;
  if (op === "upper" && typeof text === "string") return text.toUpperCase();
  if (op === "sum" && Array.isArray(numbers)) {
    const sum = numbers.reduce(
      (a, b) => typeof b === "number" ? a + b : NaN,
      0,
    );
    if (Number.isFinite(sum)) return sum;
  }
  if (
    op === "repeat" && typeof text === "string" && typeof times === "number" &&
    Number.isInteger(times) && times >= 0 && times * text.length <= 1048576
  ) return text.repeat(text === "" ? 0 : times);
  throw new Error("no such thing");
}
