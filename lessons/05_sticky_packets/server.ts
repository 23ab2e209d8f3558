/**
 * Lesson 05, server: look at the bytes only when the client has left, and print what each read gives.
 *
 *   deno run --allow-net=127.0.0.1 lessons/05_sticky_packets/server.ts --mode glue
 */
import { runServer, typedLines } from "@lessons/program.ts";
import { readMode } from "./mode.ts";

/** How many bytes a read may give in each mode. */
const BUFFER_SIZES = {
  glue: 1024, // more than all messages together
  leftover: 8, // less than the first message
  fixed: 3, // exactly one message
};

await runServer(
  { port: 8005, flags: { mode: "glue|leftover|fixed" } },
  async ({ address, flag, say }) => {
    const mode = readMode(flag("mode"));
    using listener = Deno.listen(address);
    say.listening(listener);

    // Meanwhile the system takes the connection and its bytes, and keeps them.
    await enter("press Enter when the client has left ");

    using conn = await listener.accept();
    say.connected(conn);

    const buffer = new Uint8Array(BUFFER_SIZES[mode]);
    const read = mode === "fixed" ? readFull : readSome;
    while (true) {
      const count = await read(conn, buffer);
      if (count === null) break;
      const text = new TextDecoder().decode(buffer.subarray(0, count));
      console.log(`read gave ${count} bytes: ${text}`);
    }
  },
);

/** One read: what is there, as much as fits. */
async function readSome(
  conn: Deno.Conn,
  buffer: Uint8Array,
): Promise<number | null> {
  return await conn.read(buffer);
}

/** As many reads as it takes to fill the buffer; fewer bytes only where the stream ends. */
async function readFull(
  conn: Deno.Conn,
  buffer: Uint8Array,
): Promise<number | null> {
  let filled = 0;
  while (filled < buffer.length) {
    const count = await conn.read(buffer.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return filled === 0 ? null : filled;
}

/** Waits until somebody presses Enter. */
async function enter(prompt: string): Promise<void> {
  for await (const _line of typedLines(prompt)) return;
}
