// this is what a program does that reads to the end of the stream before it replies
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const reader = new FrameReader(conn);
  const frames: Uint8Array[] = [];
  for (let frame; (frame = await reader.readFrame()) !== null;) {
    frames.push(frame);
  }
  for (const frame of frames) await writeFrame(conn, answer(frame));
});
