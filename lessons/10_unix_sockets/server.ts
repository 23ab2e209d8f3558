/**
 * Lesson 10, server: lesson 03's echo at a path, or with `--port` on TCP.
 *
 *   deno run --allow-read=echo.sock --allow-write=echo.sock --allow-net=unix:$PWD/echo.sock lessons/10_unix_sockets/server.ts
 */
import {
  explainPath,
  formatAddress,
  numberOf,
  runPathServer,
} from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";

await runPathServer(
  { path: "echo.sock", flags: { port: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const port = flag("port");
    using listener = port === undefined ? Deno.listen(address) : Deno.listen({
      hostname: "127.0.0.1",
      port: numberOf("port", port, { least: 0, most: 65535 }),
    });
    // A path outlives its program.
    if (port === undefined) onCtrlC(() => Deno.removeSync(address.path));
    say.listening(listener);

    while (true) {
      using conn = await acceptNext<Deno.Conn>(listener);
      say.connected(conn);

      try {
        await answer(conn);
        console.log("client left");
      } catch (error) {
        // One client's crash ends one conversation, never the service. A bug of our own still shows.
        const reason = explainPath(error, formatAddress(conn.remoteAddr));
        if (reason === undefined) throw error;
        console.log(reason);
      }
    }
  },
);

/** Lesson 03's conversation: it does not know what kind of connection it has. */
async function answer(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1024);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;

    const text = new TextDecoder().decode(buffer.subarray(0, count));
    await conn.write(new TextEncoder().encode(text.toUpperCase()));
  }
}
