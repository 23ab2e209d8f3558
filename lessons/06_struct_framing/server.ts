/**
 * Lesson 06, server: answer each frame with its text in capitals, in a frame.
 *
 *   deno run --allow-net=127.0.0.1 lessons/06_struct_framing/server.ts
 */
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { FrameReader, writeFrame } from "./frame.ts";
import { serveClient } from "./serve_client.ts";

await runServer({ port: 8006 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serveClient(conn, answerFrames); // not awaited: the next client need not wait
  }
});

/** One client, in a task of its own. A bad frame ends this connection and no other. */
async function answerFrames(conn: Deno.Conn): Promise<void> {
  const frames = new FrameReader(conn);
  while (true) {
    const payload = await frames.readFrame();
    if (payload === null) break;

    const text = new TextDecoder().decode(payload);
    await writeFrame(conn, new TextEncoder().encode(text.toUpperCase()));
  }
  console.log("client left");
}
