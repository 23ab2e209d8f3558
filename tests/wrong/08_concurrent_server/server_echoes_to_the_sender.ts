// this is what a program does that sends a line back to the one who said it
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openRoom } from "./room.ts";

const room = new Map<string, Deno.Conn>();

await openRoom(host);

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
    for await (const text of lines) tell(`[${name}] ${text}`);
  } finally {
    room.delete(name);
    tell(`* ${name} has left`);
  }
}

function tell(line: string): void {
  for (const conn of room.values()) writeLine(conn, line).catch(() => {});
}
