/**
 * Lesson 10, solution, client: one request, one answer.
 *
 *   deno run --allow-read=echo.sock --allow-write=echo.sock --allow-net=unix:$PWD/echo.sock solutions/10_unix_sockets/client.ts set colour green
 */
import { runPathClient, UsageError } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

/** The exit code that says that nobody is there: a script can tell it from an error. */
const NOT_RUNNING = 3;

/** The longest answer that is taken, in bytes: a list may be long. */
const LONGEST = 1024 * 1024;

await runPathClient(
  { path: "echo.sock", words: "set NAME VALUE | get NAME | list | pid | stop" },
  async ({ address, words }) => {
    if (words.length === 0) throw new UsageError("it takes a request");
    using conn = await connect(address.path);
    await writeAll(conn, new TextEncoder().encode(`${words.join(" ")}\n`));
    const { value: answer, done } = await readLines(conn, LONGEST).next();
    if (done) throw new Error(`${address.path} closed without an answer`);
    if (answer.startsWith("ok ")) return console.log(answer.slice(3));
    if (answer === "ok") return;
    if (!answer.startsWith("error:")) throw new Error(`it answers: ${answer}`);
    console.error(answer);
    Deno.exit(1);
  },
);

async function connect(path: string): Promise<Deno.UnixConn> {
  try {
    return await Deno.connect({ transport: "unix", path });
  } catch (error) {
    const { ConnectionRefused, NotFound } = Deno.errors;
    const isNobody = error instanceof ConnectionRefused ||
      error instanceof NotFound;
    if (!isNobody) throw error;
    console.error("not running");
    Deno.exit(NOT_RUNNING);
  }
}
