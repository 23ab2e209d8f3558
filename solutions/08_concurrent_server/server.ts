/**
 * Lesson 08, solution, server: a room in which everybody hears everybody else.
 *
 *   deno run --allow-net=127.0.0.1 solutions/08_concurrent_server/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import {
  LineTooLongError,
  readLines,
} from "@lessons/08_concurrent_server/lines.ts";
import { Outbox } from "./outbox.ts";
import { type Guest, lineOf, Room } from "./room.ts";

/** How much may wait for one client, in bytes. */
const MOST_WAITING = 256 * 1024;

/** How long the last line may take to reach everybody, in milliseconds. */
const GOODBYE_MS = 500;

const room = new Room();

/** What waits for each client that counts, in the room or on its way there. */
const outboxes = new Set<Outbox>();

await runServer(
  { port: 8008, flags: { max: "N" } },
  async ({ address, flag, say, onCtrlC }) => {
    const max = numberOf("max", flag("max") ?? "100", { least: 1, most: 1000 });
    using listener = Deno.listen(address);
    say.listening(listener);
    onCtrlC(sayGoodbye);

    while (true) {
      const conn = await acceptNext(listener);
      say.connected(conn);
      conn.setNoDelay(); // an outbox collects small lines itself, and without a delay
      const isFull = outboxes.size >= max;
      serveClient(conn, isFull ? turnAway : host); // not awaited: the next client need not wait
    }
  },
);

async function turnAway(conn: Deno.Conn): Promise<void> {
  await refuse(new Outbox(conn, MOST_WAITING), "the room is full");
}

/** One client, from the welcome until it leaves. */
async function host(conn: Deno.Conn): Promise<void> {
  const outbox = new Outbox(conn, MOST_WAITING);
  outboxes.add(outbox);
  try {
    await welcome(conn, outbox);
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    await refuse(outbox, error.message);
  } finally {
    outboxes.delete(outbox); // for those who never had a name
  }
}

async function welcome(conn: Deno.Conn, outbox: Outbox): Promise<void> {
  const lines = readLines(conn);
  outbox.put(lineOf("welcome! what is your name?"));
  const { value: name, done } = await lines.next();
  if (done) return; // nobody ever heard of it
  if (!/^[A-Za-z0-9]{1,16}$/.test(name)) {
    return await refuse(outbox, "a name is 1 to 16 letters and digits");
  }

  // No await from here to enter(): a name that is free now is free then.
  if (room.has(name)) return await refuse(outbox, `${name} is taken`);
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
  const hear = (line: Uint8Array) => outbox.put(line);
  const guest: Guest = { name, hear, letGo };
  room.enter(guest);
  try {
    await Promise.race([passOn(lines, guest), isLetGo]);
  } finally {
    outboxes.delete(outbox); // first: when the others hear of it, the place is free
    room.leave(guest);
  }
}

/** Tells the others what somebody says, until they leave. */
async function passOn(lines: AsyncIterable<string>, guest: Guest) {
  for await (const text of lines) room.tell(`[${guest.name}] ${text}`, guest);
}

/** Tells a client why it has to go. */
async function refuse(outbox: Outbox, reason: string): Promise<void> {
  outbox.put(lineOf(`error: ${reason}`));
  await outbox.flush();
}

/** Tells everybody that the room closes, and waits a moment for those who read. */
async function sayGoodbye(): Promise<void> {
  room.tell("* the room closes");
  const flushed = Promise.all([...outboxes].map((outbox) => outbox.flush()));
  const isOver = new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
  await Promise.race([flushed, isOver]);
}
