// this is what a program does that takes one write for all of a large reply or request
import { explain, formatAddress, runServer } from "@lessons/program.ts";
import {
  encodeFrame,
  FrameLengthError,
  FrameReader,
} from "@lessons/06_struct_framing/frame.ts";
import {
  answer,
  encodeError,
} from "../../../solutions/06_struct_framing/rpc.ts";

await runServer({ port: 8006 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    answerRequests(conn)
      .catch((e) => console.log(explain(e, formatAddress(conn.remoteAddr))))
      .finally(() => conn.close());
  }
});

async function answerRequests(conn: Deno.Conn): Promise<void> {
  const frames = new FrameReader(conn);
  try {
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      await conn.write(encodeFrame(answer(payload)));
    }
  } catch (error) {
    if (!(error instanceof FrameLengthError)) throw error;
    await conn.write(encodeFrame(encodeError(error.message)));
    await conn.closeWrite();
    while (await conn.read(new Uint8Array(64 * 1024)) !== null);
  }
}
