// this is what a program does that gives up the stream after a frame that is not JSON
import { runServer } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import {
  answer,
  encodeError,
  LONGEST,
} from "../../../solutions/06_struct_framing/rpc.ts";

await runServer({ port: 8006 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    answerRequests(conn).catch(() => {}).finally(() => conn.close());
  }
});

async function answerRequests(conn: Deno.Conn): Promise<void> {
  const frames = new FrameReader(conn, { maxLength: LONGEST });
  try {
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      JSON.parse(new TextDecoder().decode(payload));
      await writeFrame(conn, answer(payload));
    }
  } catch (error) {
    await writeFrame(conn, encodeError(String(error)));
  }
}
