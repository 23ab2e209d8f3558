// one queue of events and one loop that acts on them; every client has a pump
import { numberOf, runServer } from "@lessons/program.ts";

interface Client {
  readonly conn: Deno.Conn;
  readonly waiting: Uint8Array[];
  size: number;
  name?: string;
  isOver: boolean;
  wake: () => void;
}

type Event =
  | { kind: "came" | "left" | "full" | "long"; client: Client }
  | { kind: "line"; client: Client; text: string };

const events: Event[] = [];
let ring = () => {};
const clients: Client[] = [];

function post(event: Event): void {
  events.push(event);
  ring();
}

await runServer({ port: 8008, flags: { max: "N" } }, async (context) => {
  const { address, flag, say, onCtrlC } = context;
  const limits = { least: 1, most: 1000 };
  const max = numberOf("max", flag("max") ?? "100", limits);
  using listener = Deno.listen(address);
  say.listening(listener);
  onCtrlC(() => {
    for (const client of named()) send(client, "* the room closes");
    return new Promise((resolve) => setTimeout(resolve, 20));
  });
  act();
  while (true) {
    try {
      const conn = await listener.accept();
      say.connected(conn);
      const client: Client = {
        ...{ conn, waiting: [], size: 0, isOver: false },
        wake: () => {},
      };
      pump(client);
      const isFull = clients.length >= max;
      if (!isFull) clients.push(client);
      post({ kind: isFull ? "full" : "came", client });
      if (!isFull) listen(client);
    } catch (error) {
      console.log(`${error}`);
    }
  }
});

async function listen(client: Client): Promise<void> {
  const buffer = new Uint8Array(16 * 1024);
  let line: number[] = [];
  try {
    for (let n; (n = await client.conn.read(buffer)) !== null;) {
      for (const byte of buffer.subarray(0, n)) {
        if (byte !== 10) line.push(byte);
        if (line.length > 4097) return post({ kind: "long", client });
        if (byte !== 10) continue;
        if (line.at(-1) === 13) line.pop();
        if (line.length > 4096) return post({ kind: "long", client });
        const text = new TextDecoder().decode(new Uint8Array(line));
        line = [];
        post({ kind: "line", client, text });
      }
    }
  } catch { /* it broke off */ }
  post({ kind: "left", client });
}

async function act(): Promise<void> {
  while (true) {
    const event = events.shift();
    if (!event) {
      await new Promise<void>((resolve) => ring = resolve);
      continue;
    }
    const { kind, client } = event;
    const text = kind === "line" ? event.text : "";
    if (client.isOver) continue;
    if (kind === "came") send(client, "welcome! what is your name?");
    else if (kind === "left") leave(client);
    else if (kind === "full") refuse(client, "the room is full");
    else if (kind === "long") refuse(client, "too long a line");
    else if (client.name !== undefined) {
      tell(`[${client.name}] ${text}`, client);
    } else enter(client, text);
  }
}

function named(): Client[] {
  return clients.filter(({ name }) => name !== undefined);
}

function enter(client: Client, name: string): void {
  const isTaken = named().some((other) =>
    other.name?.toUpperCase() === name.toUpperCase()
  );
  if (isTaken || !/^[0-9A-Za-z]{1,16}$/.test(name)) {
    return refuse(client, "not this name");
  }
  send(client, `* in the room: ${named().map(({ name }) => name).join(", ")}`);
  tell(`* ${name} has come`);
  clients.splice(clients.indexOf(client), 1); // in the order of their names
  clients.push(client);
  client.name = name;
}

function refuse(client: Client, reason: string): void {
  send(client, `error: ${reason}`);
  leave(client);
}

function leave(client: Client, why = ""): void {
  if (client.isOver) return;
  client.isOver = true;
  client.wake();
  const at = clients.indexOf(client);
  if (at !== -1) clients.splice(at, 1);
  if (client.name !== undefined) tell(`* ${client.name} has left${why}`);
}

function tell(line: string, from?: Client): void {
  const slow = named().filter((to) => to !== from && !send(to, line));
  for (const client of slow) {
    client.waiting.length = 0;
    leave(client, " (too slow)");
    client.conn.close();
  }
}

function send(client: Client, line: string): boolean {
  const bytes = new TextEncoder().encode(`${line}\n`);
  if (client.size + bytes.length > 256 * 1024) return false;
  client.size += bytes.length;
  client.waiting.push(bytes);
  client.wake();
  return true;
}

async function pump(client: Client): Promise<void> {
  try {
    while (true) {
      let bytes = client.waiting.shift();
      if (!bytes) {
        if (client.isOver) break;
        await new Promise<void>((resolve) => client.wake = resolve);
        continue;
      }
      client.size -= bytes.length;
      while (bytes.length > 0) {
        bytes = bytes.subarray(await client.conn.write(bytes));
      }
    }
  } catch { /* whoever reads tells */ }
  try {
    client.conn.close();
  } catch { /* it was let go */ }
}
