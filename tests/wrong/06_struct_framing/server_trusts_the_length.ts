// this is what a program does that takes a length that it should refuse
import { writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  while (true) {
    const prefix = await readFull(conn, 4);
    if (prefix === null) return;
    const length = new DataView(prefix.buffer).getInt32(0, true);
    const payload = await readFull(conn, length);
    if (payload === null) return;
    await writeFrame(conn, answer(payload));
  }
});

async function readFull(
  conn: Deno.Conn,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(size);
  for (let filled = 0; filled < size;) {
    const count = await conn.read(bytes.subarray(filled));
    if (count === null) return null;
    filled += count;
  }
  return bytes;
}
