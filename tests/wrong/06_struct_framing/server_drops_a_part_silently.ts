// this is what a program does that drops a part of a frame silently
import {
  FrameLengthError,
  FrameReader,
  writeFrame,
} from "@lessons/06_struct_framing/frame.ts";
import {
  answer,
  encodeError,
} from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const frames = new FrameReader(conn);
  try {
    while (true) {
      const payload = await frames.readFrame();
      if (payload === null) return;
      await writeFrame(conn, answer(payload));
    }
  } catch (error) {
    if (!(error instanceof FrameLengthError)) return;
    await writeFrame(conn, encodeError(error.message));
    await conn.closeWrite();
    while (await conn.read(new Uint8Array(64 * 1024)) !== null);
  }
});
