/**
 * The right part of the servers here: any number of clients at once.
 *
 * @module
 */
import { runServer } from "@lessons/program.ts";

/** Serves each client. @param answer Answers one until it leaves. */
export async function serveClients(
  answer: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  await runServer({ port: 8006 }, async ({ address, say }) => {
    using listener = Deno.listen(address);
    say.listening(listener);
    while (true) {
      const conn = await listener.accept();
      say.connected(conn);
      answer(conn).catch(() => {}).finally(() => conn.close());
    }
  });
}
