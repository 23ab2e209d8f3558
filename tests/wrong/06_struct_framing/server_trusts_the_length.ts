// this is what a program does that trusts the length
import { runServer } from "@lessons/program.ts";
import { writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { answer } from "../../../solutions/06_struct_framing/rpc.ts";

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
  while (true) {
    const prefix = await readFull(conn, 4);
    if (prefix === null) return;
    const length = new DataView(prefix.buffer).getInt32(0, true);
    const payload = await readFull(conn, length);
    if (payload === null) return;
    await writeFrame(conn, answer(payload));
  }
}

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
