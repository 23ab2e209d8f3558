/**
 * Two people talk on one connection, and nobody has to take turns.
 *
 * @module
 */
/**
 * Sends what is typed and prints what comes, both at the same time, until one
 * side says `q`, the input ends, or the peer is gone.
 *
 * One read is taken for one message, as everywhere in this lesson.
 *
 * @param conn The connection; it stays open for the caller to close.
 * @param typed The lines that are typed, without their line ends.
 * @throws Whatever a read or write throws, but for a peer that is gone.
 */
export async function chat(
  conn: Deno.Conn,
  typed: AsyncIterable<string>,
): Promise<void> {
  try {
    // Whichever ends first ends the talk. The other may wait for ever: nobody waits for it.
    await Promise.race([sendTyped(conn, typed), printHeard(conn)]);
  } catch (error) {
    if (!isGone(error)) throw error;
    console.error("peer left");
  }
}

/** Sends each line that is not empty; ends at `q` and at the end of the input. */
async function sendTyped(
  conn: Deno.Conn,
  typed: AsyncIterable<string>,
): Promise<void> {
  for await (const line of typed) {
    if (line === "") continue; // no bytes: TCP has nothing to send
    await conn.write(new TextEncoder().encode(line));
    if (isGoodbye(line)) return;
  }
}

/** Prints each message; ends at `q` and when the peer closes. */
async function printHeard(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) {
      console.error("peer left");
      return;
    }
    const text = new TextDecoder().decode(buffer.subarray(0, count));
    if (isGoodbye(text)) return;
    console.log(`peer> ${text}`);
  }
}

function isGoodbye(text: string): boolean {
  return text === "q" || text === "Q";
}

/** The two ways in which a read or a write finds out that the peer has gone without a goodbye. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe;
}
