/**
 * Lesson 06, exercise "small RPC", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/06_struct_framing/server.ts
 */
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";

await runServer({ port: 8006 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    say.connected(conn);
    serveClient(conn, answerRequests); // not awaited: the next client need not wait
  }
});

/** One client, in a task of its own. */
async function answerRequests(conn: Deno.Conn): Promise<void> {
  // TODO: answer each frame with one frame, in order, until the client has no more.
  // TODO: `upper`, `sum` and `repeat`; whatever else comes gets an `error`, and the connection goes on.
  // TODO: a length that is negative or too long (`FrameLengthError`): an `error`, half-close, read on until the client closes.
  const frames = new FrameReader(conn);
  await frames.readFrame();
  await writeFrame(conn, new TextEncoder().encode('{"error":"TODO"}'));
}
