// a class, web streams for the file, and an answer that is read while the file goes
import { createHash } from "node:crypto";
import { runClient, UsageError } from "@lessons/program.ts";

class Talk {
  readonly conn: Deno.TcpConn;
  #held = new Uint8Array();

  constructor(conn: Deno.TcpConn) {
    this.conn = conn;
  }

  async say(value: unknown): Promise<void> {
    const payload = new TextEncoder().encode(JSON.stringify(value));
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setUint32(0, payload.length, true);
    await this.send(new Uint8Array([...prefix, ...payload]));
  }

  async send(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) {
      bytes = bytes.subarray(await this.conn.write(bytes));
    }
  }

  async some(): Promise<Uint8Array> {
    if (this.#held.length === 0) {
      const chunk = new Uint8Array(30_000);
      const count = await this.conn.read(chunk);
      if (count === null) throw new Error("the server has left");
      this.#held = chunk.subarray(0, count);
    }
    return this.#held;
  }

  async take(size: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(size) || size < 0) throw new Error("no size");
    const parts: Uint8Array[] = [];
    for (let left = size; left > 0;) {
      const part = (await this.some()).subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      parts.push(part);
      left -= part.length;
    }
    return new Uint8Array(
      await new Blob(parts.map((p) => p.slice())).arrayBuffer(),
    );
  }

  async hear(): Promise<Record<string, unknown>> {
    const prefix = await this.take(4);
    const view = new DataView(prefix.buffer);
    const payload = await this.take(view.getUint32(0, true));
    const value = JSON.parse(new TextDecoder().decode(payload));
    if (value?.ok !== true) throw new Error(`refused: ${value?.error}`);
    return value;
  }
}

const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

await runClient(
  { port: 8007, words: "…" },
  async ({ address, words: [op, name, as, ...more] }) => {
    const isCall = op === "list"
      ? name === undefined
      : (op === "get" || op === "put") && name !== undefined && !more.length;
    if (!isCall) throw new UsageError("list, get or put");
    if (op === "put") await Deno.stat(name ?? "");
    using conn = await Deno.connect(address);
    const talk = new Talk(conn);
    if (op === "list") {
      await talk.say({ op });
      const { files } = await talk.hear();
      if (!Array.isArray(files)) throw new Error("no list");
      for (const { name, size } of files) console.log(`${size} ${name}`);
    } else if (op === "get") await get(talk, name ?? "", as ?? name ?? "");
    else await put(talk, name ?? "", as ?? lastOf(name ?? ""));
  },
);

async function put(talk: Talk, path: string, name: string): Promise<void> {
  const hash = createHash("md5");
  const { size } = await Deno.stat(path);
  using file = await Deno.open(path);
  for await (const chunk of (await Deno.open(path)).readable) {
    hash.update(chunk);
  }
  const md5 = hash.digest("hex");
  const answer = talk.hear();
  answer.catch(() => {});
  const sending = (async () => {
    await talk.say({ op: "put", name, size, md5 });
    const buffer = new Uint8Array(100_000);
    for (let n; (n = await file.read(buffer)) !== null;) {
      await talk.send(buffer.subarray(0, n));
    }
  })();
  await Promise.race([sending.catch(() => {}), answer]);
  const receipt = await answer;
  if (receipt.name !== name || receipt.bytes !== size || receipt.md5 !== md5) {
    throw new Error("another receipt");
  }
  console.log(`${size} ${md5} ${name}`);
}

async function get(talk: Talk, name: string, path: string): Promise<void> {
  await talk.say({ op: "get", name });
  const { size, md5 } = await talk.hear();
  const bytes = await talk.take(Number(size));
  if (createHash("md5").update(bytes).digest("hex") !== md5) {
    throw new Error("another MD5");
  }
  const part = await Deno.makeTempFile({
    dir: path.slice(0, path.lastIndexOf("/") + 1) || ".",
  });
  await Deno.writeFile(part, bytes);
  await Deno.rename(part, path);
  console.log(`${size} ${md5} ${lastOf(path)}`);
}
