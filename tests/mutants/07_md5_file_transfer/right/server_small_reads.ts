// small reads, everything at top level, one folder for what is coming, and a log that talks much
import { createHash } from "node:crypto";
import { checkFileName } from "@lessons/07_md5_file_transfer/file_name.ts";

const argument = (name: string, other: string) =>
  Deno.args[Deno.args.indexOf(name) + 1 || 99] ?? other;
const folder = argument("--dir", "store");
const coming = `${folder}/.coming`;
try {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.remove(coming, { recursive: true }).catch(() => {});
} catch (error) {
  console.error(`error: ${folder}: ${error}`);
  Deno.exit(1);
}
Deno.addSignalListener("SIGINT", () => {
  try {
    Deno.removeSync(coming, { recursive: true });
  } catch {
    // nothing was coming
  }
  Deno.exit(0);
});

const port = Number(argument("--port", "8007"));
const listener = Deno.listen({ hostname: "127.0.0.1", port });
console.log(`listening on 127.0.0.1:${listener.addr.port}`);
let busy = 0;
for (;;) {
  try {
    const conn = await listener.accept();
    const name = `${conn.remoteAddr.hostname}:${conn.remoteAddr.port}`;
    console.log(`connected ${name}`);
    serve(conn).catch((error) => console.log(`${name}: ${error}`))
      .finally(() => conn.close());
  } catch (error) {
    console.log(`nobody after all: ${error}`);
  }
}

async function serve(conn: Deno.TcpConn): Promise<void> {
  try {
    const [prefix] = [await read(conn, 4)];
    const length = new DataView(prefix.buffer).getInt32(0, true);
    if (length < 0 || length > 2 ** 16) throw new Error("a strange length");
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const request = JSON.parse(decoder.decode(await read(conn, length)));
    console.log("asked for", request);
    if (typeof request?.op !== "string") throw new Error("no request");
    if (request.op === "list") await say(conn, { ok: true, files: list() });
    else if (request.op === "get") {
      await give(conn, checkFileName(request.name));
    } else if (request.op === "put") {
      const { name, size, md5 } = request;
      if (!Number.isSafeInteger(size) || size < 0) throw new Error("no size");
      await keep(conn, checkFileName(name), size, md5);
      await say(conn, { ok: true, name, md5, bytes: size });
    } else throw new Error("no such thing");
  } catch (error) {
    await say(conn, { ok: false, error: `${error}` });
  }
  await conn.closeWrite();
  const rest = new Uint8Array(70_000);
  while (await conn.read(rest) !== null);
}

async function read(
  conn: Deno.TcpConn,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  for (let filled = 0; filled < size;) {
    const count = await conn.read(bytes.subarray(filled, filled + 7));
    if (count === null) throw new Error("too early an end");
    filled += count;
  }
  return bytes;
}

async function send(to: Deno.TcpConn | Deno.FsFile, bytes: Uint8Array) {
  while (bytes.length > 0) bytes = bytes.subarray(await to.write(bytes));
}

async function say(conn: Deno.TcpConn, value: unknown): Promise<void> {
  const payload = new TextEncoder().encode(JSON.stringify(value));
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setInt32(0, payload.length, true);
  await send(conn, prefix);
  await send(conn, payload);
}

function list(): { name: string; size: number }[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ name, isFile }) => isFile && !/[\\:]/.test(name))
    .map(({ name }) => name).sort()
    .map((name) => ({ name, size: Deno.statSync(`${folder}/${name}`).size }));
}

async function give(conn: Deno.TcpConn, name: string): Promise<void> {
  const { isFile, size } = await Deno.lstat(`${folder}/${name}`);
  if (!isFile) throw new Error("no file");
  using file = await Deno.open(`${folder}/${name}`);
  const hash = createHash("md5");
  const buffer = new Uint8Array(50_000);
  for (let n; (n = await file.read(buffer)) !== null;) {
    hash.update(buffer.subarray(0, n));
  }
  await file.seek(0, Deno.SeekMode.Start);
  await say(conn, { ok: true, name, size, md5: hash.digest("hex") });
  for (let n; (n = await file.read(buffer)) !== null;) {
    await send(conn, buffer.subarray(0, n));
  }
}

async function keep(
  conn: Deno.TcpConn,
  name: string,
  size: number,
  md5: unknown,
): Promise<void> {
  const there = await Deno.lstat(`${folder}/${name}`).catch(() => null);
  if (there && !there.isFile) throw new Error("no file");
  busy++;
  await Deno.mkdir(coming, { recursive: true });
  const part = await Deno.makeTempFile({ dir: coming });
  try {
    const hash = createHash("md5");
    using file = await Deno.open(part, { write: true });
    const buffer = new Uint8Array(10_000);
    for (let left = size; left > 0;) {
      const count = await conn.read(buffer.subarray(0, left));
      if (count === null) throw new Error("too short");
      hash.update(buffer.subarray(0, count));
      await send(file, buffer.subarray(0, count));
      left -= count;
    }
    if (hash.digest("hex") !== md5) throw new Error("another MD5");
    await Deno.rename(part, `${folder}/${name}`);
  } finally {
    await Deno.remove(part).catch(() => {});
    if (--busy === 0) await Deno.remove(coming).catch(() => {});
  }
}
