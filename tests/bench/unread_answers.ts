/**
 * How much memory lesson 09's server needs for one client that asks for 100 MB
 * of answers and reads none, beside a server that keeps what is not taken.
 *
 *   deno run -A tests/bench/unread_answers.ts
 *
 * Linux only: it reads the servers' memory in `/proc`.
 *
 * @module
 */
import { root, solutionFolder } from "@lessons/places.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { memoryOf } from "./memory_of.ts";

/** What the client asks for, in bytes. */
const ASKED = 100e6;

/** A job whose answer is as long as itself. */
const JOB = `1 0 ${"x".repeat(9_995)}\n`;

/** How long nothing may have been taken until that counts as the end, in milliseconds. */
const STUCK_MS = 2000;

const LESSON = "09_timeouts_and_buffers";

await measure(
  "with back-pressure",
  new URL("server.ts", solutionFolder(LESSON)),
);
await measure(
  "without",
  new URL(`tests/wrong/${LESSON}/server_keeps_all_answers.ts`, root),
);
Deno.exit(0); // the client's last write is under way

/** Asks a server, and watches its memory. */
async function measure(what: string, file: URL): Promise<void> {
  await using server = Program.start({
    label: "the server",
    command: denoRun(file, ["--allow-net=127.0.0.1"], [
      ...["--port", "0", "--stall", "3600000"],
    ]),
  });
  const port = Number((await server.line("ready")).split(":").at(-1));
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const before = memoryOf(server.pid);
  let most = before;
  let sent = 0;
  let lately = performance.now();
  const block = new TextEncoder().encode(JOB.repeat(10));
  const ask = async () => {
    while (sent < ASKED) {
      await writeAll(conn, block);
      sent += block.length;
      lately = performance.now();
    }
  };
  ask().catch(() => {}); // closed below
  while (performance.now() - lately < STUCK_MS) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    most = Math.max(most, memoryOf(server.pid));
  }
  conn.close();
  console.log(
    `${what}: ${(sent / 1e6).toFixed(1)} MB asked for, ${
      ((most - before) / 1024).toFixed(0)
    } MiB more memory at most`,
  );
}
