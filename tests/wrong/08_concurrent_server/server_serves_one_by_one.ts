// this is what a program does that serves one client after the other
import { runServer } from "@lessons/program.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

await runServer({ port: 8008 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    using conn = await listener.accept();
    say.connected(conn);
    await host(conn).catch(() => {});
  }
});

async function host(conn: Deno.Conn): Promise<void> {
  await writeLine(conn, "welcome! what is your name?");
  for await (const _name of readLines(conn)) {
    await writeLine(conn, "* in the room: ");
  }
}
