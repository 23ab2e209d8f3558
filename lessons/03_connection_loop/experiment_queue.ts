/**
 * Lesson 03, experiment: two clients at a server that serves one at a time.
 * Start the lesson's server first.
 *
 *   deno run --allow-net=127.0.0.1 lessons/03_connection_loop/experiment_queue.ts
 */
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8003 }, async ({ address }) => {
  const first = await Deno.connect(address);
  console.log(`first: hello -> ${await ask(first, "hello")}`);

  using second = await Deno.connect(address);
  console.log("second: connected, although nobody has accepted it yet");

  let isAnswered = false;
  const answer = ask(second, "me too").finally(() => isAnswered = true);
  await new Promise((resolve) => setTimeout(resolve, 500));
  console.log(`second: me too -> ${isAnswered ? "an answer" : "silence"}`);

  first.close();
  console.log("first: left");
  console.log(`second: me too -> ${await answer}`);
});

/** Sends one message and waits for the answer. */
async function ask(conn: Deno.Conn, text: string): Promise<string> {
  await conn.write(new TextEncoder().encode(text));
  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, count ?? 0));
}
