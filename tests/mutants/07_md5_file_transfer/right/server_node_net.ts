// node:net, node:fs and node:crypto; each socket is an iterator of chunks
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { lstat, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import process from "node:process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { port: { type: "string" }, dir: { type: "string" } },
});
const folder = values.dir ?? "store";
const PART = /^\.\d+-\d+\.coming$/;

try {
  mkdirSync(folder, { recursive: true });
  if (!statSync(folder).isDirectory()) throw new Error("no folder");
} catch {
  console.error(`error: ${folder} is no folder`);
  process.exit(1);
}

function tidy(): void {
  for (const name of readdirSync(folder)) {
    if (PART.test(name)) rmSync(`${folder}/${name}`);
  }
}

tidy();
process.on("SIGINT", () => {
  tidy();
  process.exit(0);
});

const server = createServer({ allowHalfOpen: true }, (socket) => {
  const name = `${socket.remoteAddress}:${socket.remotePort}`;
  console.log(`connected ${name}`);
  socket.on("error", ({ message }) => console.log(`${name}: ${message}`));
  serve(socket).catch((error) => {
    console.log(`${name}: ${error}`);
    socket.destroy();
  });
});
server.listen(Number(values.port), "127.0.0.1", () => {
  const bound = server.address();
  if (bound === null || typeof bound === "string") return;
  console.log(`listening on ${bound.address}:${bound.port}`);
});

async function serve(socket: Socket): Promise<void> {
  const chunks: AsyncIterator<Buffer> = socket
    .iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  const more = async () => {
    const { done, value } = await chunks.next();
    if (done) throw new Error("the client has no more");
    held = Buffer.concat([held, value]);
  };
  try {
    while (held.length < 4) await more();
    const length = held.readInt32LE();
    if (length < 0 || length > 100_000) throw new Error("a strange length");
    while (held.length < 4 + length) await more();
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      held.subarray(4, 4 + length),
    );
    held = held.subarray(4 + length);
    const request: unknown = JSON.parse(text);
    if (typeof request !== "object" || request === null) {
      throw new Error("no object");
    }
    const { op, name, size, md5 }: Record<string, unknown> = { ...request };
    if (op === "list") say(socket, { ok: true, files: await list() });
    else if (op === "get") {
      const body = await fetch(named(name));
      const md5 = createHash("md5").update(body).digest("hex");
      say(socket, { ok: true, name, size: body.length, md5 });
      socket.write(body);
    } else if (op === "put") {
      if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
        throw new Error("no size");
      }
      const take = async () => {
        if (held.length === 0) await more();
        const taken = held;
        held = Buffer.alloc(0);
        return taken;
      };
      await keep(named(name), size, md5, take);
      say(socket, { ok: true, name, md5, bytes: size });
    } else throw new Error("what?");
  } catch (error) {
    say(socket, { ok: false, error: `${error}` });
  }
  socket.end();
  while (!(await chunks.next()).done); // what still comes is forgotten
}

function say(socket: Socket, value: unknown): void {
  const payload = Buffer.from(JSON.stringify(value));
  const prefix = Buffer.alloc(4);
  prefix.writeInt32LE(payload.length);
  socket.write(Buffer.concat([prefix, payload]));
}

function named(name: unknown): string {
  if (
    typeof name !== "string" || /[/\\:\0]/.test(name) || PART.test(name) ||
    ["", ".", ".."].includes(name) || Buffer.from(name).length > 255
  ) throw new Error("no name");
  return name;
}

async function list(): Promise<{ name: string; size: number }[]> {
  const files = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isFile() || PART.test(name) || /[\\:]/.test(name)) continue;
    files.push({ name, size: (await lstat(`${folder}/${name}`)).size });
  }
  return files.sort((a, b) => a.name < b.name ? -1 : 1);
}

async function fetch(name: string): Promise<Buffer> {
  const stats = await lstat(`${folder}/${name}`);
  if (!stats.isFile()) throw new Error("no file");
  return await readFile(`${folder}/${name}`);
}

let count = 0;

async function keep(
  name: string,
  size: number,
  md5: unknown,
  take: () => Promise<Buffer>,
): Promise<void> {
  const there = await lstat(`${folder}/${name}`).catch(() => undefined);
  if (there && !there.isFile()) throw new Error("there is something else");
  const part = `${folder}/.${process.pid}-${count++}.coming`;
  try {
    const file = await open(part, "wx");
    const hash = createHash("md5");
    try {
      for (let left = size; left > 0;) {
        const chunk = (await take()).subarray(0, left);
        hash.update(chunk);
        for (let done = 0; done < chunk.length;) {
          done += (await file.write(chunk.subarray(done))).bytesWritten;
        }
        left -= chunk.length;
      }
    } finally {
      await file.close();
    }
    if (hash.digest("hex") !== md5) throw new Error("another MD5");
    await rename(part, `${folder}/${name}`);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
