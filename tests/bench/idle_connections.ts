/**
 * What a connection costs lesson 08's server, and how quick it is beside ten
 * thousand that are silent; Python's threading server in the same run.
 *
 *   deno run -A tests/bench/idle_connections.ts [--idle 10000] [--active 100]
 *
 * Linux only: it reads the servers' memory in `/proc`. Both need as many open
 * files as there are clients (`ulimit -n`).
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessonFolder, pairIn, pythonFolder } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { python } from "../../kit/python.ts";
import { memoryOf } from "./memory_of.ts";

const LESSON = "08_concurrent_server";

/** What each active client sends, and waits for, again and again: 64 bytes. */
const LINE = `${"a".repeat(63)}\n`;

/** How long echoes are counted, in milliseconds. */
const COUNT_MS = 3000;

const flags = parseArgs(Deno.args, { string: ["idle", "active"] });
const idle = Number(flags.idle ?? 10_000);
const active = Number(flags.active ?? 100);

const server = pairIn(lessonFolder(LESSON)).server;
const classic = new URL("threading_server.py", pythonFolder(LESSON));
await measure(
  "lesson 08",
  denoRun(server, ["--allow-net=127.0.0.1"], ["--port", "0"]),
);
await measure("ThreadingTCPServer", [python(), fromFileUrl(classic)]);

/** Starts a server, connects all clients and counts. */
async function measure(
  label: string,
  command: readonly [string, ...string[]],
): Promise<void> {
  await using program = Program.start({
    label,
    command,
    mostOutput: 64 * 1024 * 1024, // a line for each client
  });
  const port = Number((await program.line("its ready line")).split(":").at(-1));
  const before = memoryOf(program.pid);
  const conns: Deno.Conn[] = [];
  const connect = async () => {
    const conn = await Deno.connect({ port });
    conns.push(conn);
    await echo(conn, "hello\n"); // somebody has accepted it, and has read
    return conn;
  };
  while (conns.length < idle) await connect(); // one by one: Python's queue has room for five
  const each = (memoryOf(program.pid) - before) / idle;

  const talkers: Deno.Conn[] = [];
  while (talkers.length < active) talkers.push(await connect());
  let lines = 0;
  const end = performance.now() + COUNT_MS;
  await Promise.all(talkers.map(async (conn) => {
    while (performance.now() < end) {
      await echo(conn, LINE);
      lines++;
    }
  }));
  for (const conn of conns) conn.close();
  const rate = Math.round(lines / COUNT_MS * 1000);
  console.log(
    `${label}: ${
      each.toFixed(1)
    } KiB for each of ${idle} idle clients, ${rate} echoes a second with ${active} active ones`,
  );
}

/** Sends lines and reads as many bytes. */
async function echo(conn: Deno.Conn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await conn.write(bytes);
  const buffer = new Uint8Array(bytes.length);
  for (let left = bytes.length; left > 0;) {
    const count = await conn.read(buffer);
    if (count === null) throw new Error("the server closed a connection");
    left -= count;
  }
}
