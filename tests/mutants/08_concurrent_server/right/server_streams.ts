// web streams: a guest's queue is a stream with a high-water mark
import { numberOf, runServer } from "@lessons/program.ts";

interface Guest {
  readonly name: string;
  readonly out: ReadableStreamDefaultController<Uint8Array>;
  readonly close: () => void;
}

const guests: Guest[] = [];
let connected = 0;

await runServer({ port: 8008, flags: { max: "N" } }, async (context) => {
  const { address, flag, say, onCtrlC } = context;
  const range = { least: 1, most: 1000 };
  const max = numberOf("max", flag("max") ?? "100", range);
  using listener = Deno.listen(address);
  say.listening(listener);
  onCtrlC(async () => {
    tell("* the room closes");
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  while (true) {
    try {
      const conn = await listener.accept();
      say.connected(conn);
      host(conn, connected >= max).catch(() => {});
    } catch (error) {
      console.log(`${error}`);
    }
  }
});

async function host(conn: Deno.TcpConn, isFull: boolean): Promise<void> {
  let out: ReadableStreamDefaultController<Uint8Array> | undefined;
  const queue = new ReadableStream<Uint8Array>(
    { start: (controller) => void (out = controller) },
    new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 }),
  );
  if (!out) return;
  const written = queue.pipeTo(conn.writable, { preventClose: true });
  written.catch(() => {});
  let isOpen = true;
  const close = () => {
    if (isOpen) conn.close();
    isOpen = false;
  };
  const error = isFull ? "the room is full" : await talk(conn, out, close);
  try {
    if (error !== undefined) {
      out.enqueue(encode(`error: ${error}`));
      out.close();
      await written;
    }
  } finally {
    close();
  }
}

async function talk(
  conn: Deno.TcpConn,
  out: ReadableStreamDefaultController<Uint8Array>,
  close: () => void,
): Promise<string | undefined> {
  connected++;
  let guest: Guest | undefined;
  out.enqueue(encode("welcome! what is your name?"));
  try {
    const reader = conn.readable.values({ preventCancel: true });
    for await (const name of lines(reader)) {
      if (guest) {
        tell(`[${guest.name}] ${name}`, guest);
        continue;
      }
      const same = guests.find((other) =>
        other.name.toLowerCase() === name.toLowerCase()
      );
      if (same) return `${name} is here already`;
      if (!/^[a-zA-Z0-9]{1,16}$/.test(name)) return "what a name";
      guest = { name, out, close };
      const names = guests.map(({ name }) => name).join(", ");
      out.enqueue(encode(`* in the room: ${names}`));
      tell(`* ${name} has come`);
      guests.push(guest);
    }
    return undefined;
  } catch (error) {
    return error instanceof RangeError ? error.message : undefined;
  } finally {
    connected--;
    if (guest) leave(guest);
  }
}

async function* lines(chunks: AsyncIterable<Uint8Array>) {
  const bytes: number[] = [];
  const check = (most: number) => {
    if (bytes.length > most) throw new RangeError("a line is too long");
  };
  for await (const chunk of chunks) {
    for (const byte of chunk) {
      if (byte !== 10) {
        bytes.push(byte);
        check(4097);
        continue;
      }
      if (bytes.at(-1) === 13) bytes.pop();
      check(4096);
      yield new TextDecoder().decode(new Uint8Array(bytes.splice(0)));
    }
  }
}

function leave(guest: Guest, why = ""): void {
  const at = guests.indexOf(guest);
  if (at === -1) return;
  guests.splice(at, 1);
  tell(`* ${guest.name} has left${why}`);
}

function tell(line: string, from?: Guest): void {
  const bytes = encode(line);
  const slow: Guest[] = [];
  for (const guest of guests) {
    if (guest === from) continue;
    if ((guest.out.desiredSize ?? 0) < bytes.length) slow.push(guest);
    else guest.out.enqueue(bytes);
  }
  for (const guest of slow) {
    leave(guest, " (too slow)");
    guest.close();
  }
}

function encode(line: string): Uint8Array {
  return new TextEncoder().encode(`${line}\n`);
}
