// this is what a program does that gives up the stream after a frame that is not JSON
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import {
  answer,
  encodeError,
  LONGEST,
} from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
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
});
