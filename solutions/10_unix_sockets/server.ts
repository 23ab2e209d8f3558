/**
 * Lesson 10, solution, server: a memory for names and values, one of its kind at its path.
 *
 *   deno run --allow-read=echo.sock,echo.sock.lock --allow-write=echo.sock,echo.sock.lock --allow-net=unix:$PWD/echo.sock --allow-sys solutions/10_unix_sockets/server.ts
 */
import { explainPath, runPathServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { claimPath } from "./claim.ts";

/** What has been set, in the order in which the names came. */
const values = new Map<string, string>();

/** Settles when a client has said `stop` and has its answer, or has left. */
const stopped = Promise.withResolvers<void>();

await runPathServer(
  { path: "echo.sock" },
  async ({ address, say, onCtrlC }) => {
    const { listener, release } = await claimPath(address.path);
    onCtrlC(release);
    say.listening(listener);
    await Promise.race([serve(listener), stopped.promise]);
    await release();
  },
);

async function serve(listener: Deno.UnixListener): Promise<never> {
  while (true) {
    const conn = await acceptNext(listener);
    serveClient(conn, answerLines, explainPath); // not awaited: the next client need not wait
  }
}

async function answerLines(conn: Deno.Conn): Promise<void> {
  for await (const line of readLines(conn)) {
    try {
      await writeAll(conn, new TextEncoder().encode(`${answer(line)}\n`));
    } finally {
      if (line === "stop") stopped.resolve(); // it was asked for, though its client may have left
    }
  }
}

/** What a line is answered with; nothing in here waits, so each line is one step. */
function answer(line: string): string {
  const [, command = "", rest] = /^([^ ]+)(?: (.+))?$/s.exec(line) ?? [];
  const isAlone = rest === undefined;
  if (command === "list" && isAlone) return ["ok", ...values.keys()].join(" ");
  if (command === "pid" && isAlone) return `ok ${Deno.pid}`;
  if (command === "stop" && isAlone) return "ok";
  if (command === "get" && !isAlone) {
    const value = values.get(rest);
    return value === undefined ? "error: no such name" : `ok ${value}`;
  }
  const [, name, value] = /^([^ ]+) (.+)$/s.exec(rest ?? "") ?? [];
  if (command === "set" && name !== undefined && value !== undefined) {
    values.set(name, value);
    return "ok";
  }
  return "error: it is set NAME VALUE, get NAME, list, pid or stop";
}
