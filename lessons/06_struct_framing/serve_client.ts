/**
 * What stands around each client of a server that has several: its errors are
 * told on one line and end its connection, and no other.
 *
 * @module
 */
import { explain, formatAddress } from "@lessons/program.ts";

/**
 * Serves one client, and closes its connection at the end, however it comes.
 *
 * An error that the outside can cause is printed on one line.
 *
 * @param serve Talks to the client until all is said.
 * @param inWords Says what an error means; `undefined` for one of the program itself.
 * @throws An error of the program itself: nothing hides a bug.
 */
export async function serveClient<Conn extends Deno.Conn>(
  conn: Conn,
  serve: (conn: Conn) => Promise<void>,
  inWords: typeof explain = explain,
): Promise<void> {
  try {
    await serve(conn);
  } catch (error) {
    const line = inWords(error, formatAddress(conn.remoteAddr));
    if (line === undefined) throw error;
    console.log(line);
  } finally {
    conn.close();
  }
}
