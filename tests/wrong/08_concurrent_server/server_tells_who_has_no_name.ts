// this is what a program does that tells the room's lines to who has no name yet
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openRoom } from "./room.ts";

const room = new Map<string, Deno.Conn>();
const clients = new Set<Deno.Conn>();

await openRoom(host);

async function host(conn: Deno.Conn): Promise<void> {
  clients.add(conn);
  await writeLine(conn, "welcome! what is your name?");
  const lines = readLines(conn);
  const { value: name, done } = await lines.next();
  if (done) return;
  if (!/^[a-z0-9]{1,16}$/i.test(name) || room.has(name)) {
    return await writeLine(conn, "error: choose another name");
  }
  const others = [...room.keys()].join(", ");
  tell(`* ${name} has come`, conn);
  room.set(name, conn);
  await writeLine(conn, `* in the room: ${others}`);
  try {
    for await (const text of lines) tell(`[${name}] ${text}`, conn);
  } finally {
    room.delete(name);
    clients.delete(conn);
    tell(`* ${name} has left`);
  }
}

function tell(line: string, from?: Deno.Conn): void {
  for (const conn of clients) {
    if (conn !== from) writeLine(conn, line).catch(() => {});
  }
}
