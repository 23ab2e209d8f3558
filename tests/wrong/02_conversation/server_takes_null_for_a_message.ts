// this is what a program does that takes the null of a closed connection for a message, again and again
import { runServer } from "@lessons/program.ts";
import { printHeard, sendTyped } from "./talk.ts";

await runServer({ port: 8002 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  using conn = await listener.accept();
  say.connected(conn);
  const read = async (buffer: Uint8Array) => await conn.read(buffer) ?? 0;
  await Promise.race([sendTyped(conn), printHeard(conn, read)]);
});
