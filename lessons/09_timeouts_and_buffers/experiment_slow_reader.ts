/**
 * Lesson 09, experiment: 100 MB for somebody who does not read, with back-pressure and without.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/experiment_slow_reader.ts
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

const PIECE = 100_000;
const PIECES = 1000;

/** How long the writer is given, in milliseconds. */
const TIME_MS = 700;

await tell("awaited    ", async (conn, count) => {
  for (let i = 0; i < PIECES; i++) {
    await writeAll(conn, new Uint8Array(PIECE).fill(i));
    count();
  }
});
await tell("not awaited", (conn, count) => {
  for (let i = 0; i < PIECES; i++) {
    conn.write(new Uint8Array(PIECE).fill(i)).catch(() => {}); // our own end closes it
    count();
  }
  return Promise.resolve();
});

/** Lets a server write to a client that does not read, and tells what that costs. */
async function tell(
  how: string,
  write: (conn: Deno.Conn, count: () => void) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  client.setNoDelay(); // it is there, and does not read
  const before = Deno.memoryUsage().rss;
  let pieces = 0;
  write(server, () => pieces++).catch(() => {}); // our own end closes it
  await new Promise((resolve) => setTimeout(resolve, TIME_MS));
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`.padStart(6);
  const grown = mb(Deno.memoryUsage().rss - before);
  console.log(`${how}: ${mb(pieces * PIECE)} written, ${grown} more memory`);
}
