// this is what a program does that puts the length's high byte first
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { pack, unpack } from "@lessons/06_struct_framing/struct.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import {
  answer,
  encodeError,
  LONGEST,
} from "../../../solutions/06_struct_framing/rpc.ts";
import { serveClients } from "./serve.ts";

await serveClients(async (conn) => {
  const reader = new FrameReader(conn);
  while (true) {
    const prefix = await reader.readExactly(4);
    if (prefix === null) return;
    const [length] = unpack("!i", prefix);
    if (length < 0 || length > LONGEST) {
      return await reply(conn, encodeError("bad length"));
    }
    const payload = await reader.readExactly(length);
    if (payload === null) return;
    await reply(conn, answer(payload));
  }
});

async function reply(conn: Deno.Conn, payload: Uint8Array): Promise<void> {
  await writeAll(conn, pack("!i", payload.length));
  await writeAll(conn, payload);
}
