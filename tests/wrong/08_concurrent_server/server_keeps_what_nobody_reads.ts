// this is what a program does that keeps all that a member does not read
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openRoom } from "./room.ts";

const room = new Map<string, Deno.Conn>();

/** For each client, when the last line that it was given is written. */
const written = new WeakMap<Deno.Conn, Promise<void>>();

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
  send(conn, `* in the room: ${others}`);
  try {
    for await (const text of lines) tell(`[${name}] ${text}`, conn);
  } finally {
    room.delete(name);
    tell(`* ${name} has left`);
  }
}

function tell(line: string, from?: Deno.Conn): void {
  for (const conn of room.values()) if (conn !== from) send(conn, line);
}

function send(conn: Deno.Conn, line: string): void {
  const before = written.get(conn) ?? Promise.resolve();
  written.set(conn, before.then(() => writeLine(conn, line)).catch(() => {}));
}
