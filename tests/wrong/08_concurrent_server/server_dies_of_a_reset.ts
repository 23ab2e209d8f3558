// this is what a program does that lets one client's crash end the service
import { runServer } from "@lessons/program.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";

const room = new Map<string, Deno.Conn>();

await runServer({ port: 8008 }, async ({ address, say }) => {
  using listener = Deno.listen(address);
  say.listening(listener);
  while (true) {
    const conn = await listener.accept();
    say.connected(conn);
    host(conn).finally(() => conn.close());
  }
});

async function host(conn: Deno.Conn): Promise<void> {
  await writeLine(conn, "welcome! what is your name?");
  const lines = readLines(conn);
  const { value: name, done } = await lines.next();
  if (done) return;
  if (!/^[a-z0-9]{1,16}$/i.test(name) || room.has(name)) {
    return await writeLine(conn, "error: choose another name");
  }
  const others = [...room.keys()].join(", ");
  tell(`* ${name} has come`);
  room.set(name, conn);
  await writeLine(conn, `* in the room: ${others}`);
  try {
    for await (const text of lines) tell(`[${name}] ${text}`, conn);
  } finally {
    room.delete(name);
    tell(`* ${name} has left`);
  }
}

function tell(line: string, from?: Deno.Conn): void {
  for (const conn of room.values()) {
    if (conn !== from) writeLine(conn, line).catch(() => {});
  }
}
