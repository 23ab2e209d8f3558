/**
 * What the wrong rooms share: a task for each client, and nothing wrong with that.
 *
 * @module
 */
import { runServer } from "@lessons/program.ts";

/** Serves clients, each in a task of its own, as many as come. */
export async function openRoom(
  host: (conn: Deno.Conn) => Promise<void>,
): Promise<void> {
  await runServer(
    { port: 8008, flags: { max: "N" } },
    async ({ address, say }) => {
      using listener = Deno.listen(address);
      say.listening(listener);
      while (true) {
        const conn = await listener.accept();
        say.connected(conn);
        host(conn).catch(() => {}).finally(() => conn.close());
      }
    },
  );
}
