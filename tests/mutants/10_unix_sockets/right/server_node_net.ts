// node:net, and a lock that is held for life
import net from "node:net";
import { parseArgs } from "@std/cli/parse-args";

const { path = "echo.sock" } = parseArgs(Deno.args, { string: ["path"] });
const values = new Map<string, string>();

function fail(reason: string): never {
  console.error(`error: ${path} ${reason}`);
  Deno.exit(1);
}

/** What whoever listens says, "" where nothing is said, `undefined` where nobody listens. */
function ask(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(path);
    let text = "";
    const end = (value: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(value);
    };
    const timer = setTimeout(() => end(""), 700);
    socket.on("connect", () => socket.write("pid\n"));
    socket.on("data", (data) => {
      text += data;
      if (text.includes("\n")) end(text);
    });
    socket.on("end", () => end(""));
    socket.on("error", (error) => {
      const isNobody = "code" in error &&
        ["ECONNREFUSED", "ENOENT"].includes(String(error.code));
      end(isNobody ? undefined : "");
    });
  });
}

/** Says who has the path, and gives up. Who has the lock may not listen yet. */
async function giveUp(): Promise<never> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask();
    const pid = /^ok (\d+)\n/.exec(answer ?? "")?.[1];
    if (pid !== undefined) fail(`is taken: process ${pid} answers there`);
    if (answer !== undefined) fail("is taken, and nobody says by whom");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  fail("is taken by one who does not listen");
}

function isSocket(): boolean | undefined {
  try {
    return Deno.lstatSync(path).isSocket ?? false;
  } catch {
    return undefined;
  }
}

if (new TextEncoder().encode(path).length > 100) fail("is too long");
let lock: Deno.FsFile;
try {
  lock = Deno.openSync(`${path}.lock`, { create: true, write: true });
} catch {
  fail("cannot be: its folder is missing");
}
if (!lock.tryLockSync(true)) await giveUp();
const found = isSocket();
if (found === false) fail("is no socket");
if (found) {
  if (await ask() !== undefined) await giveUp();
  Deno.removeSync(path);
}

function answer(line: string): string {
  const [, verb, name, value] =
    /^(set|get|list|pid|stop)(?: ([^ ]+))?(?: (.+))?$/s.exec(line) ?? [];
  if (verb === "set" && name && value) {
    values.set(name, value);
    return "ok";
  }
  if (verb === "get" && name && !value) {
    return values.has(name) ? `ok ${values.get(name)}` : "error: no such name";
  }
  if (name) return "error: one word is enough";
  if (verb === "list") return ["ok", ...values.keys()].join(" ");
  if (verb === "pid") return `ok ${Deno.pid}`;
  return verb === "stop" ? "ok" : "error: I do not know that";
}

function leave(): never {
  Deno.removeSync(path);
  Deno.exit(0);
}

const server = net.createServer((socket) => {
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  let rest = "";
  socket.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      socket.write(`${answer(line)}\n`, () => {
        if (line === "stop") leave();
      });
    }
  });
});
Deno.addSignalListener("SIGINT", leave);
const before = Deno.umask(0o177);
server.listen(path, () => {
  Deno.umask(before);
  console.log(`listening on ${path}`);
});
