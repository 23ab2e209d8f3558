/**
 * Lesson 10, exercise "one of a kind", server.
 *
 *   deno run --allow-read=echo.sock,echo.sock.lock --allow-write=echo.sock,echo.sock.lock --allow-net=unix:$PWD/echo.sock --allow-sys answers/10_unix_sockets/server.ts
 */
import { explainPath, runPathServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

await runPathServer(
  { path: "echo.sock" },
  async ({ address, say, onCtrlC }) => {
    // TODO: stage 3: look who is there, take over what a dead server left, and let nobody come between.
    // TODO: stage 3: the path is for its owner alone, from its first moment.
    using listener = Deno.listen(address);
    say.listening(listener);
    // TODO: stage 2: on Ctrl-C, and when a client says `stop`, the path is gone.
    onCtrlC(() => {});

    while (true) {
      const conn = await acceptNext(listener);
      serveClient(conn, answerLines, explainPath); // not awaited: the next client need not wait
    }
  },
);

async function answerLines(conn: Deno.Conn): Promise<void> {
  for await (const line of readLines(conn)) {
    await writeAll(conn, new TextEncoder().encode(`${answer(line)}\n`));
  }
}

/** What a line is answered with. */
function answer(line: string): string {
  // TODO: stage 1: set, get, list and pid.
  return `TODO: ${line}`;
}
