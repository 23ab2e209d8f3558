// node:net and node:fs, everything at top level
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import process from "node:process";

const port = Number(Deno.args[Deno.args.indexOf("--port") + 1]);
const [op, name = "", as, ...more] = Deno.args.slice(
  Deno.args.indexOf("--port") + 2,
).filter((word) => word !== "--");
const isCall = more.length === 0 &&
  (op === "list" ? name === "" : ["get", "put"].includes(`${op}`) && name);

function fail(why: string, code = 1): never {
  console.error(`error: ${why}`);
  process.exit(code);
}

if (!isCall) fail("list, get NAME [AS] or put FILE [AS]", 2);
if (op === "put" && !existsSync(name)) fail(`there is no ${name}`);

const last = (path: string) => path.split("/").at(-1) ?? "";
const md5Of = (bytes: Uint8Array) =>
  createHash("md5").update(bytes).digest("hex");
const body = op === "put" ? await readFile(name) : Buffer.alloc(0);
const facts = { name: as ?? last(name), size: body.length, md5: md5Of(body) };
const payload = Buffer.from(JSON.stringify(
  op === "list" ? { op } : op === "get" ? { op, name } : { op, ...facts },
));
const prefix = Buffer.alloc(4);
prefix.writeInt32LE(payload.length);

const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
socket.write(Buffer.concat([prefix, payload, body]));
const parts: Buffer[] = [];
let held = 0;
let needed = 4;
let head: Record<string, unknown> | undefined;
socket.on("error", ({ message }) => fail(message));
let isWhole = false;
socket.on("end", () => {
  if (!isWhole) fail("the server has left");
});
socket.on("data", async (chunk: Buffer) => {
  parts.push(chunk);
  held += chunk.length;
  if (held < needed) return;
  let all = Buffer.concat(parts.splice(0));
  parts.push(all);
  if (needed === 4) needed += all.readInt32LE();
  if (all.length < needed) return;
  head ??= JSON.parse(all.subarray(4, needed).toString());
  if (head?.ok !== true) fail(`refused: ${head?.error}`);
  if (op === "list") printList(head.files);
  const { size, md5 } = head;
  if (op === "put") {
    const isRight = head.bytes === facts.size && md5 === facts.md5 &&
      head.name === facts.name;
    if (!isRight) fail("another file's receipt");
    console.log(`${head.bytes} ${md5} ${head.name}`);
    process.exit(0);
  }
  if (!Number.isSafeInteger(size) || Number(size) < 0) fail("no size");
  all = all.subarray(needed);
  if (all.length < Number(size)) return;
  isWhole = true;
  all = all.subarray(0, Number(size));
  if (md5Of(all) !== md5) fail("another MD5");
  socket.pause();
  const target = as ?? name;
  const part = `${target}.${process.pid}`;
  try {
    await writeFile(part, all);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    fail(`${error}`);
  }
  console.log(`${size} ${md5} ${last(target)}`);
  process.exit(0);
});

function printList(files: unknown): never {
  if (!Array.isArray(files)) fail("no list");
  const lines = files.map(({ name, size }) => `${size} ${name}\n`);
  process.stdout.write(lines.join(""), () => process.exit(0));
  throw new Error("unreachable");
}
