// it listens, and takes a lock only where something stands in its way
import { explainPath, runPathServer } from "@lessons/program.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

const store: [string, string][] = [];

await runPathServer({ path: "echo.sock" }, async ({ address, onCtrlC }) => {
  const { path } = address;
  let lock: Deno.FsFile | undefined;
  let listener = listen(path);
  while (!listener) {
    lock ??= await lockBeside(path);
    await clear(path);
    listener = listen(path);
  }
  lock?.close();
  const { ino } = Deno.lstatSync(path);
  const leave = async () => {
    await lockBeside(path);
    try {
      if (Deno.lstatSync(path).ino === ino) Deno.removeSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    Deno.exit(0);
  };
  onCtrlC(leave);
  console.log(`listening on ${path}`);
  for await (const conn of listener) {
    serveClient(conn, (conn) => answerAll(conn, leave), explainPath);
  }
});

function listen(path: string): Deno.UnixListener | undefined {
  const before = Deno.umask(0o177);
  try {
    return Deno.listen({ transport: "unix", path });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return undefined;
    throw error;
  } finally {
    Deno.umask(before);
  }
}

async function lockBeside(path: string): Promise<Deno.FsFile> {
  const file = await Deno.open(`${path}.lock`, { create: true, write: true });
  await file.lock(true);
  return file;
}

async function clear(path: string): Promise<void> {
  try {
    if (!Deno.lstatSync(path).isSocket) throw new Error(`${path}: no socket`);
    using conn = await Deno.connect({ transport: "unix", path });
    throw new Error(`${path} is taken: ${await introduce(conn)}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return; // it has just left
    if (error instanceof Deno.errors.ConnectionRefused) {
      return Deno.removeSync(path);
    }
    const isFull = error instanceof Error && "code" in error;
    throw isFull ? new Error(`${path} is taken: by a busy one`) : error;
  }
}

/** Says who it is, or that it does not say so. */
async function introduce(conn: Deno.Conn): Promise<string> {
  const nobody = Promise.withResolvers<undefined>();
  const timer = setTimeout(nobody.resolve, 900, undefined);
  const ask = async () => {
    await writeAll(conn, new TextEncoder().encode("pid\n"));
    return (await readLines(conn).next()).value;
  };
  const asked = ask().catch(() => undefined);
  const answer = await Promise.race([asked, nobody.promise]);
  clearTimeout(timer);
  return /^ok \d+$/.test(answer ?? "")
    ? `process ${answer?.slice(3)} answers there`
    : "it does not say by whom";
}

async function answerAll(
  conn: Deno.Conn,
  leave: () => Promise<void>,
): Promise<void> {
  for await (const line of readLines(conn)) {
    await writeAll(conn, new TextEncoder().encode(`${answer(line)}\n`));
    if (line === "stop") await leave();
  }
}

function answer(line: string): string {
  const [verb, name, ...rest] = line.split(" ");
  const known = store.find(([key]) => key === name);
  if (verb === "set" && name && rest.join(" ") !== "") {
    if (known) known[1] = rest.join(" ");
    else store.push([name, rest.join(" ")]);
    return "ok";
  }
  if (verb === "get" && name && rest.length === 0) {
    return known ? `ok ${known[1]}` : "error: no such name";
  }
  if (line === "list") return ["ok", ...store.map(([key]) => key)].join(" ");
  if (line === "pid") return `ok ${Deno.pid}`;
  return line === "stop" ? "ok" : "error: no such request";
}
