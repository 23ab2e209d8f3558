// its number in the lock's file, checked against who answers; one write for all that came
import { runPathServer } from "@lessons/program.ts";

const store = new Map<string, string>();

await runPathServer({ path: "echo.sock" }, async ({ address, onCtrlC }) => {
  const { path } = address;
  const lock = Deno.openSync(`${path}.lock`, {
    ...{ create: true, read: true, write: true, mode: 0o600 },
  });
  lock.lockSync(true);
  if (exists(path)) {
    if (!Deno.lstatSync(path).isSocket) throw new Error(`${path}: no socket`);
    const who = await whoIs(path);
    if (who !== null) throw new Error(`${path} is taken: ${who}`);
    Deno.removeSync(path);
  }
  const old = Deno.umask(0o777);
  const listener = Deno.listen(address); // nobody may connect yet
  Deno.umask(old);
  Deno.chmodSync(path, 0o600);
  lock.truncateSync();
  lock.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  lock.unlockSync();
  const leave = async () => {
    await lock.lock(true);
    Deno.removeSync(path);
    Deno.exit(0);
  };
  onCtrlC(leave);
  console.log(`listening on ${path}`);
  while (true) {
    const conn = await listener.accept();
    serve(conn, leave).catch(() => {}).finally(() => conn.close());
  }
});

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function whoIs(path: string): Promise<string | null> {
  try {
    using conn = await Deno.connect({ transport: "unix", path });
    const text = readLine(conn);
    text.catch(() => {});
    await conn.write(new TextEncoder().encode("pid\n"));
    const late = Promise.withResolvers<string>();
    const timer = setTimeout(late.resolve, 900, "");
    const answer = await Promise.race([text, late.promise]);
    clearTimeout(timer);
    const [, pid] = /^ok (\d+)$/.exec(answer) ?? [];
    return pid ? `process ${pid} answers there` : "nobody says by whom";
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return null;
    return "by one who breaks off";
  }
}

async function readLine(conn: Deno.Conn): Promise<string> {
  const one = new Uint8Array(1);
  const bytes: number[] = [];
  while (one[0] !== 10) {
    if (await conn.read(one) === null) return ""; // no line
    bytes.push(one[0] ?? 0);
  }
  bytes.pop();
  return new TextDecoder().decode(new Uint8Array(bytes));
}

async function serve(conn: Deno.Conn, leave: () => void): Promise<void> {
  const buffer = new Uint8Array(4096);
  const decoder = new TextDecoder();
  let rest = "";
  for (let count; (count = await conn.read(buffer)) !== null;) {
    const lines = (rest +
      decoder.decode(buffer.subarray(0, count), { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    let answers = new TextEncoder().encode(
      lines.map((line) => `${answer(line)}\n`).join(""),
    );
    while (answers.length > 0) {
      answers = answers.subarray(await conn.write(answers));
    }
    if (lines.includes("stop")) leave();
  }
}

function answer(line: string): string {
  const set = /^set (\S+) (.+)$/s.exec(line);
  if (set?.[1] !== undefined && set[2] !== undefined) {
    store.set(set[1], set[2]);
    return "ok";
  }
  const get = /^get (.+)$/.exec(line)?.[1];
  if (get !== undefined) {
    const value = store.get(get);
    return value === undefined ? "error: no such name" : `ok ${value}`;
  }
  if (line === "list") return `ok ${[...store.keys()].join(" ")}`.trimEnd();
  if (line === "pid") return `ok ${Deno.pid}`;
  return line === "stop" ? "ok" : `error: "${line}" is no request`;
}
