// this is what a program does that takes one read for the whole of a length
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const rest = new FrameReader(conn);
  const prefix = new Uint8Array(4);
  while (await rest.read(prefix) !== null) {
    const length = new DataView(prefix.buffer).getInt32(0, true);
    const payload = await rest.readExactly(length);
    if (payload === null) return;
    await writeFrame(conn, answer(payload));
  }
});
