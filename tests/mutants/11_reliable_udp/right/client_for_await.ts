// for await over the socket, and the file in memory
import { Buffer } from "node:buffer";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Where a datagram came from, or goes. */
interface Where {
  readonly address: string;
  readonly port: number;
}

/** A datagram that came. */
interface Came {
  readonly bytes: Buffer;
  readonly from: Where;
}

/** A socket that can be waited for. */
interface AnySocket {
  /** Binds it. @returns Its port. */
  bind(port?: number): Promise<number>;
  /** Sends bytes. */
  send(bytes: Uint8Array, to: Where): void;
  /** The next datagram, or `undefined` where none comes within so many milliseconds. */
  next(ms: number): Promise<Came | undefined>;
  /** Closes it. */
  close(): void;
}

/** What makes sockets. */
type MakeSocket = () => AnySocket;

/** A packet of numbers and texts. */
function pack(
  code: number,
  ...parts: readonly (number | string | Uint8Array)[]
): Buffer {
  return Buffer.concat([
    Buffer.from([0, code]),
    ...parts.map((part) =>
      typeof part === "number"
        ? Buffer.from([(part >> 8) & 255, part & 255])
        : typeof part === "string"
        ? Buffer.from(`${part}\0`)
        : part
    ),
  ]);
}

/** The texts of a packet. */
function texts(bytes: Buffer): string[] {
  return bytes.subarray(2).toString().split("\0").slice(0, -1);
}

/** Names and values. */
function pairs(words: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) {
    map.set(String(words[i]).toLowerCase(), String(words[i + 1]));
  }
  return map;
}

/** The whole number behind 16 bits. */
function whole(number: number, about: number): number {
  return about + (((number - about) << 16) >> 16);
}

/** A transfer is over, with a number for the peer; none where it is not told. */
class End extends Error {
  /** Why. */
  constructor(message: string, readonly code?: number) {
    super(message);
  }
}

/** One end of a transfer. */
class Line {
  /** The peer, and whether its port is that of the transfer. */
  constructor(
    readonly socket: AnySocket,
    public peer: Where,
    public isKnown: boolean,
    public wait: number,
    readonly tries: number,
  ) {
    this.first = wait;
  }

  /** The first time-out, in milliseconds. */
  readonly first: number;

  #average = 0;
  #stray = 0;

  /** Sends to the peer. */
  send(bytes: Uint8Array): void {
    this.socket.send(bytes, this.peer);
  }

  /** What the peer sends next, until a moment. */
  async hear(until: number): Promise<Came | undefined> {
    while (true) {
      const came = await this.socket.next(
        Math.max(0, until - performance.now()),
      );
      if (!came) {
        if (performance.now() >= until) return undefined;
        continue;
      }
      const { bytes, from } = came;
      const isError = bytes[1] === 5;
      if (
        this.isKnown &&
        (from.port !== this.peer.port || from.address !== this.peer.address)
      ) {
        if (!isError) this.socket.send(pack(5, 5, "not you"), from);
        continue;
      }
      if (isError) {
        throw new End(
          `${bytes.subarray(4, -1)} (error ${bytes.readUInt16BE(2)})`,
        );
      }
      if (bytes.length >= 4) return came;
    }
  }

  /** Learns how long an answer takes. */
  learn(ms: number): void {
    this.#stray = this.#average === 0
      ? ms / 2
      : this.#stray + (Math.abs(ms - this.#average) - this.#stray) / 4;
    this.#average = this.#average === 0
      ? ms
      : this.#average + (ms - this.#average) / 8;
    this.wait = Math.min(
      5000,
      Math.max(50, this.#average + Math.max(60, 4 * this.#stray)),
    );
  }

  /** Asks until it is answered. */
  async ask<T>(
    say: () => void,
    read: (bytes: Buffer) => T | undefined,
  ): Promise<T> {
    for (let count = 0; count < this.tries; count++) {
      say();
      const at = performance.now();
      for (let came; (came = await this.hear(at + this.wait));) {
        const answer = read(came.bytes);
        if (answer === undefined) continue;
        if (count === 0) this.learn(performance.now() - at);
        this.peer = came.from;
        this.isKnown = true;
        return answer;
      }
      this.wait = Math.min(5000, this.wait * 2);
    }
    throw new End(`no answer after ${this.tries} tries`);
  }

  /** Sends a file that is in memory. */
  async sendAll(
    file: Uint8Array,
    size: number,
    windowsize: number,
  ): Promise<void> {
    const count = Math.floor(file.length / size) + 1;
    for (let done = 0; done < count;) {
      const last = Math.min(done + windowsize, count);
      done = await this.ask(() => {
        for (let i = done; i < last; i++) {
          this.send(pack(3, i + 1, file.subarray(i * size, (i + 1) * size)));
        }
      }, (bytes) => {
        const number = whole(bytes.readUInt16BE(2), done);
        return bytes[1] === 4 && number > done && number <= last
          ? number
          : undefined;
      });
    }
  }

  /** Gets a file into memory. @param first What has come of it already. @returns It, and what acknowledges its last block. */
  async getAll(
    size: number,
    windowsize: number,
    first?: Buffer,
  ): Promise<{ file: Buffer; last: number }> {
    const parts: Buffer[] = [];
    let [said, told, ready] = [0, false, first];
    while (true) {
      let bytes = ready;
      ready = undefined;
      let wait = 2 * Math.max(this.wait, this.first);
      for (let count = 1; !bytes; count++) {
        bytes = (await this.hear(performance.now() + wait))?.bytes;
        if (bytes) break;
        if (count === this.tries) {
          throw new End(`no answer after ${count} tries`);
        }
        wait = Math.min(10_000, wait * 2);
        this.send(pack(4, said = parts.length));
      }
      if (bytes[1] === 6 && parts.length === 0) this.send(pack(4, 0));
      if (bytes[1] !== 3) continue;
      const number = whole(bytes.readUInt16BE(2), parts.length);
      if (number === parts.length + 1) {
        parts.push(Buffer.from(bytes.subarray(4))); // a copy: the datagram has a large buffer behind it
        told = false;
        if (bytes.length - 4 < size) {
          return { file: Buffer.concat(parts), last: parts.length };
        }
        if (parts.length - said === windowsize) {
          this.send(pack(4, said = parts.length));
        }
      } else if (number > parts.length && !told) {
        told = true;
        this.send(pack(4, said = parts.length));
      } else if (number === said) this.send(pack(4, said));
    }
  }

  /** Acknowledges the last block, and stays. */
  async stay(last: number, ms: number): Promise<void> {
    this.send(pack(4, last));
    try {
      while (await this.hear(performance.now() + ms)) this.send(pack(4, last));
    } catch (error) {
      if (!(error instanceof End)) throw error;
    }
  }
}

/** A socket that can be waited for. */
class DenoSocket implements AnySocket {
  #socket: Deno.DatagramConn | undefined;
  readonly #came: Came[] = [];
  #news = Promise.withResolvers<void>();

  /** Binds it. @returns Its port. */
  // deno-lint-ignore require-await -- what goes wrong is for whoever waits
  async bind(port = 0): Promise<number> {
    const socket = Deno.listenDatagram({
      ...{ hostname: "127.0.0.1", port, transport: "udp" },
    });
    this.#socket = socket;
    this.#listen(socket);
    return "port" in socket.addr ? socket.addr.port : 0;
  }

  async #listen(socket: Deno.DatagramConn): Promise<void> {
    for await (const [bytes, from] of socket) {
      if (from.transport !== "udp") continue;
      const { hostname: address, port } = from;
      this.#came.push({ bytes: Buffer.from(bytes), from: { address, port } });
      this.#news.resolve();
    }
  }

  /** Sends bytes. */
  send(bytes: Uint8Array, { address: hostname, port }: Where): void {
    this.#socket?.send(bytes, { hostname, port, transport: "udp" })
      .catch(() => {});
  }

  /** The next datagram, or `undefined` where none comes within so many milliseconds. */
  async next(ms: number): Promise<Came | undefined> {
    if (this.#came.length === 0) {
      this.#news = Promise.withResolvers();
      const timer = ms === Infinity
        ? undefined
        : setTimeout(this.#news.resolve, ms);
      await this.#news.promise;
      clearTimeout(timer);
    }
    return this.#came.shift();
  }

  /** Closes it. */
  close(): void {
    this.#socket?.close();
  }
}

/** Runs it. */
async function runAnyClient(
  makeSocket: MakeSocket,
  makeLine: typeof Line = Line,
): Promise<void> {
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let i = 0; i < Deno.args.length; i++) {
    const arg = String(Deno.args[i]);
    if (arg.startsWith("--")) flags.set(arg, String(Deno.args[++i]));
    else words.push(arg);
  }
  const number = (name: string, usual: number) =>
    Number(flags.get(name) ?? usual);
  const [op, name = "", as = name.split("/").at(-1) ?? ""] = words;
  if (op !== "get" && op !== "put" || name === "" || words.length > 3) {
    console.error("error: say get NAME or put FILE");
    Deno.exit(2);
  }
  const [port, tries] = [number("--port", 8011), number("--tries", 5)];
  const asked = {
    blksize: number("--blksize", 1428),
    tsize: 0,
    windowsize: number("--windowsize", 16),
  };
  if (
    asked.blksize < 8 || asked.blksize > 65464 || asked.windowsize < 1 ||
    asked.windowsize > 64
  ) {
    console.error("error: no such size");
    Deno.exit(2);
  }
  const socket = makeSocket();
  await socket.bind();
  const line = new makeLine(
    socket,
    { address: "127.0.0.1", port },
    false,
    number("--timeout", 1000),
    tries,
  );
  const flat = () =>
    Object.entries(asked).flatMap(([name, value]) => [name, String(value)]);

  /** The sizes that the first answer gives. */
  function agreed(first: Buffer): [number, number] {
    const sizes = { blksize: 512, windowsize: 1 };
    if (first[1] !== 6) return [512, 1];
    for (const [name, text] of pairs(texts(first))) {
      const value = /^\d+$/.test(text) ? Number(text) : -1;
      if (name === "tsize" && value >= 0) continue;
      const least = name === "blksize" ? 8 : 1;
      if (
        name !== "blksize" && name !== "windowsize" || value < least ||
        value > asked[name]
      ) {
        throw new End(`no ${name} ${text}`, 8);
      }
      sizes[name] = value;
    }
    return [sizes.blksize, sizes.windowsize];
  }

  const isBegun = (code: number, block: number) => (bytes: Buffer) =>
    bytes[1] === 6 || bytes[1] === code && bytes.readUInt16BE(2) === block
      ? bytes
      : undefined;
  try {
    if (op === "get") {
      const first = await line.ask(
        () => line.send(pack(1, name, "octet", ...flat())),
        isBegun(3, 1),
      );
      const sizes = agreed(first);
      if (first[1] === 6) line.send(pack(4, 0));
      const { file, last } = await line.getAll(
        ...sizes,
        first[1] === 3 ? first : undefined,
      );
      try {
        writeFileSync(`${as}.part`, file);
        renameSync(`${as}.part`, as);
      } catch {
        rmSync(`${as}.part`, { force: true });
        throw new End("the disk is full", 3);
      }
      console.log(`${file.length} ${as.split("/").at(-1)}`);
      await line.stay(last, 2 * line.wait);
    } else {
      const file = readFileSync(name);
      asked.tsize = file.length;
      const first = await line.ask(
        () => line.send(pack(2, as, "octet", ...flat())),
        isBegun(4, 0),
      );
      await line.sendAll(file, ...agreed(first));
      console.log(`${file.length} ${as}`);
    }
    socket.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof End && error.code) {
      line.send(pack(5, error.code, error.message));
    }
    console.error(`error: 127.0.0.1:${port}: ${error.message}`);
    setTimeout(() => Deno.exit(1), 5); // the error has to leave first
  }
}

await runAnyClient(() => new DenoSocket());
