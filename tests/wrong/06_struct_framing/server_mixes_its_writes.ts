// this is what a program does that begins to write a frame before the one before it is written: an await is missing
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const reader = new FrameReader(conn);
  const writes: Promise<void>[] = [];
  for (let frame; (frame = await reader.readFrame()) !== null;) {
    writes.push(writeFrame(conn, answer(frame)));
  }
  await Promise.all(writes);
});
