// this is what a program does that counts characters where the length counts bytes
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const frames = new FrameReader(conn);
  for (let frame; (frame = await frames.readFrame()) !== null;) {
    const text = new TextDecoder().decode(answer(frame));
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setInt32(0, text.length, true);
    await writeAll(conn, prefix);
    await writeAll(conn, new TextEncoder().encode(text));
  }
});
