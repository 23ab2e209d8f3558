/**
 * How much memory a solution's server needs for clients that send and never
 * read: 1000 at once, until none of them can send any more.
 *
 *   deno run -A tests/bench/unread.ts [--clients 1000]
 *
 * Linux only: it reads the server's memory in `/proc`.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessons } from "@lessons/catalogue.ts";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { frame } from "../../kit/frames.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";
import { memoryOf } from "./memory_of.ts";

/** What a client sends, again and again. */
const REQUESTS: Readonly<Record<string, Uint8Array>> = {
  "05_sticky_packets": new TextEncoder().encode("hello\n".repeat(10_000)),
  "06_struct_framing": frame(
    JSON.stringify({ op: "repeat", text: "x".repeat(1000), times: 1000 }),
  ),
  "07_md5_file_transfer": frame(JSON.stringify({ op: "get", name: "large" })),
};

/** How long nobody may have sent a byte until all count as stuck, in milliseconds. */
const STUCK_MS = 3000;

const { clients } = parseArgs(Deno.args, { string: ["clients"] });
const count = Number(clients ?? 1000);

for (const lesson of lessons) {
  const request = REQUESTS[lesson.name];
  if (!request) continue;
  using folder = WorkingFolder.make();
  await Deno.mkdir(`${folder.path}/store`);
  await Deno.writeFile(
    `${folder.path}/store/large`,
    new Uint8Array(8 * 1024 * 1024),
  );
  await using server = Program.start({
    label: "the server",
    command: denoRun(
      pairIn(solutionFolder(lesson.name)).server,
      lesson.exercise.permissions.server,
      ["--port", "0"],
    ),
    folder: folder.path,
    mostOutput: 64 * 1024 * 1024,
  });
  const port = Number((await server.line("ready")).split(":").at(-1));
  const before = memoryOf(server.pid);
  const conns = await Promise.all(
    Array.from({ length: count }, () => Deno.connect({ port })),
  );
  let sent = 0;
  let lately = performance.now();
  const isOnce = lesson.name.startsWith("07"); // one request a connection
  const send = async (conn: Deno.TcpConn): Promise<void> => {
    try {
      do {
        for (let at = 0; at < request.length;) {
          const written = await conn.write(request.subarray(at));
          at += written;
          sent += written;
          lately = performance.now();
        }
      } while (!isOnce);
    } catch {
      // it is closed
    }
  };
  for (const conn of conns) send(conn);
  let most = before;
  while (performance.now() - lately < STUCK_MS) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    most = Math.max(most, memoryOf(server.pid));
  }
  for (const conn of conns) conn.close();
  const each = (most - before) / count / 1024;
  console.log(
    `${lesson.name}: ${
      each.toFixed(2)
    } MiB a client at most, ${count} clients, ${
      Math.round(sent / 1e6)
    } MB taken; the server lives: ${server.exit === undefined}`,
  );
}
