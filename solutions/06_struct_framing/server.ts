/**
 * Lesson 06, solution, server: answer each request, a frame of JSON, with one reply.
 *
 *   deno run --allow-net=127.0.0.1 solutions/06_struct_framing/server.ts
 */
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import {
  FrameLengthError,
  FrameReader,
  writeFrame,
} from "@lessons/06_struct_framing/frame.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { answer, encodeError, LONGEST } from "./rpc.ts";

/** How much is read from a client whose frame was refused, in bytes. */
const MOST_DRAINED = 64 * LONGEST;

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
  const frames = new FrameReader(conn, { maxLength: LONGEST });
  try {
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      await writeFrame(conn, answer(payload));
    }
  } catch (error) {
    if (!(error instanceof FrameLengthError)) throw error;
    // Nobody knows where the next frame begins: say so, and end.
    await writeFrame(conn, encodeError(error.message));
    await conn.closeWrite();
    await drain(conn);
    throw error;
  }
}

/**
 * Reads what still comes, and forgets it. To close a connection with unread
 * bytes resets it, and a reset may reach the client before it has read the
 * error.
 */
async function drain(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  let drained = 0;
  while (drained < MOST_DRAINED) {
    const count = await conn.read(buffer);
    if (count === null) return;
    drained += count;
  }
}
