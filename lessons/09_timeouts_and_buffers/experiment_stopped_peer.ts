/**
 * Lesson 09, experiment: a server that is stopped, and still acknowledges. On Linux and macOS.
 *
 *   deno run --allow-net=127.0.0.1 --allow-run lessons/09_timeouts_and_buffers/experiment_stopped_peer.ts
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

const server = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--allow-net=127.0.0.1",
    new URL("./server.ts", import.meta.url).href,
    "--port=0",
  ],
  stdout: "piped",
}).spawn();
const ready = await readLines(readerOf(server.stdout)).next();
const port = Number(/:(\d+)$/.exec(ready.value ?? "")?.[1]);

const conn = await Deno.connect({ hostname: "127.0.0.1", port });
conn.setKeepAlive(true);
const answers = readLines(conn);
let answer = answers.next();
await ask("it runs");
server.kill("SIGSTOP");
for (let i = 0; i < 3; i++) await ask("it is stopped");
server.kill("SIGCONT");
await ask("it goes on");

answer.catch(() => {}); // the last read is under way, and the end of the server may reset it
server.kill("SIGKILL");
await server.status;
conn.close();

/** Writes a line, and waits a while for an answer. */
async function ask(what: string): Promise<void> {
  await writeAll(conn, new TextEncoder().encode("ping\n"));
  const none = new Promise<undefined>((resolve) =>
    setTimeout(() => resolve(undefined), 300)
  );
  const came = await Promise.race([answer, none]);
  console.log(`${what}: written, ${came ? came.value : "no answer"}`);
  if (came) answer = answers.next(); // otherwise it is still under way: nothing is lost
}

/** A stream to read from into a buffer. */
function readerOf(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  return {
    async read(buffer: Uint8Array): Promise<number | null> {
      const { value } = await reader.read();
      if (!value) return null;
      buffer.set(value.subarray(0, buffer.length));
      return Math.min(value.length, buffer.length);
    },
  };
}
