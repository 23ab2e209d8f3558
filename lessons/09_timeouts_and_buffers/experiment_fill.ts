/**
 * Lesson 09, experiment: how much fits before a write has to wait.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/experiment_fill.ts
 */
import { DeadlineError, within } from "./deadline.ts";

/** After so long a write is taken for one that waits, in milliseconds. */
const STILL_MS = 300;

for (const size of [1024, 64 * 1024]) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using writer = await Deno.connect({ port: listener.addr.port });
  using reader = await listener.accept(); // it does not read yet

  const fits = await fill(writer, new Uint8Array(size));
  const buffer = new Uint8Array(64 * 1024);
  let read = 0;
  for (let count; (count = await reader.read(buffer)) !== null;) read += count;
  console.log(
    `in writes of ${size}: ${fits} bytes fit, and ${read} come out again`,
  );
}

/** Writes until a write waits, and closes. @returns How many bytes the system took. */
async function fill(conn: Deno.Conn, bytes: Uint8Array): Promise<number> {
  let taken = 0;
  try {
    while (true) {
      taken += await within(STILL_MS, "room", conn, conn.write(bytes));
    }
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    return taken;
  }
}
