// this is what a program does that takes one read for the whole of a length
import { runServer } from "@lessons/program.ts";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
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
  const rest = new FrameReader(conn);
  const prefix = new Uint8Array(4);
  while (await rest.read(prefix) !== null) {
    const length = new DataView(prefix.buffer).getInt32(0, true);
    const payload = await rest.readExactly(length);
    if (payload === null) return;
    await writeFrame(conn, answer(payload));
  }
}
