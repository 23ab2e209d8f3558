// this is what a program does that has one buffer for all its clients
import { writeLine } from "../../../solutions/05_sticky_packets/write_line.ts";
import { openRoom } from "./room.ts";

const room = new Map<string, Deno.Conn>();

/** What has come and is in no line yet. */
let rest = "";

await openRoom(host);

async function host(conn: Deno.Conn): Promise<void> {
  await writeLine(conn, "welcome! what is your name?");
  const lines = linesOf(conn);
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

async function* linesOf(conn: Deno.Conn): AsyncGenerator<string> {
  const buffer = new Uint8Array(4096);
  for (let count; (count = await conn.read(buffer)) !== null;) {
    rest += new TextDecoder().decode(buffer.subarray(0, count));
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function tell(line: string, from?: Deno.Conn): void {
  for (const conn of room.values()) {
    if (conn !== from) writeLine(conn, line).catch(() => {});
  }
}
