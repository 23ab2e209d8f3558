// this is what a program does that waits until each member has taken a line before it goes on
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
  await tell(`* ${name} has come`);
  room.set(name, conn);
  await writeLine(conn, `* in the room: ${others}`);
  try {
    for await (const text of lines) await tell(`[${name}] ${text}`, conn);
  } finally {
    room.delete(name);
    await tell(`* ${name} has left`);
  }
}

async function tell(line: string, from?: Deno.Conn): Promise<void> {
  for (const conn of room.values()) {
    if (conn !== from) await writeLine(conn, line).catch(() => {});
  }
}
