// node:dgram, and the files in memory
import { Buffer } from "node:buffer";
import dgram from "node:dgram";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

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
class NodeSocket implements AnySocket {
  readonly #socket = dgram.createSocket("udp4");
  readonly #came: Came[] = [];
  #wake = () => {};

  /** Not bound yet. */
  constructor() {
    this.#socket.on("message", (bytes, { address, port }) => {
      this.#came.push({ bytes, from: { address, port } });
      this.#wake();
    });
  }

  /** Binds it. @returns Its port. */
  async bind(port = 0): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once("error", reject);
      this.#socket.bind(port, "127.0.0.1", resolve);
    });
    return this.#socket.address().port;
  }

  /** Sends bytes. */
  send(bytes: Uint8Array, to: Where): void {
    this.#socket.send(bytes, to.port, to.address);
  }

  /** The next datagram, or `undefined` where none comes within so many milliseconds. */
  async next(ms: number): Promise<Came | undefined> {
    if (this.#came.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#came.shift();
  }

  /** Closes it. */
  close(): void {
    this.#socket.close();
  }
}

/** Runs it. */
async function runAnyServer(makeSocket: MakeSocket): Promise<void> {
  const flag = (name: string, usual: string) => {
    const at = Deno.args.indexOf(name);
    return at === -1 ? usual : Deno.args[at + 1] ?? usual;
  };
  const folder = flag("--dir", "store");
  const [wait, tries] = [
    Number(flag("--timeout", "1000")),
    Number(flag("--tries", "5")),
  ];
  Deno.addSignalListener("SIGINT", () => Deno.exit(0));
  mkdirSync(folder, { recursive: true });
  const door = makeSocket();
  const wanted = Number(flag("--port", "8011"));
  const port = await door.bind(wanted).catch(() => {
    console.error(`error: 127.0.0.1:${wanted} is taken`);
    return Deno.exit(1);
  });
  console.log(`listening on 127.0.0.1:${port}`);
  const busy = new Set<number>();
  while (true) {
    const came = await door.next(Infinity);
    if (!came || came.bytes[1] === 5 || busy.has(came.from.port)) continue;
    busy.add(came.from.port);
    serve(came);
  }

  async function serve({ bytes, from }: Came): Promise<void> {
    const socket = makeSocket();
    await socket.bind();
    const line = new Line(socket, from, true, wait, tries);
    try {
      const [name = "", mode = "", ...rest] = texts(bytes);
      const code = bytes[0] === 0 ? bytes[1] : 0;
      if (code !== 1 && code !== 2) throw new End("no request", 4);
      if (mode.toLowerCase() !== "octet") throw new End("octet", 4);
      if (!/^[^/\\:]+$/.test(name) || /^\.+$/.test(name)) {
        throw new End("no name", 2);
      }
      const path = `${folder}/${name}`;
      const there = lstatSync(path, { throwIfNoEntry: false });
      if (code === 1 && !there) throw new End("no such file", 1);
      if (there && !there.isFile()) throw new End("no file", 2);
      const file = code === 1 ? readFileSync(path) : undefined;
      const taken: string[] = [];
      let [size, windowsize] = [512, 1];
      for (const [name, text] of pairs(rest)) {
        const value = /^\d+$/.test(text) ? Number(text) : -1;
        if (name === "blksize" && value >= 8 && value <= 65464) {
          taken.push(name, text);
          size = value;
        } else if (name === "windowsize" && value > 0) {
          windowsize = Math.min(64, value);
          taken.push(name, String(windowsize));
        } else if (name === "tsize" && file?.length !== 0) {
          taken.push(name, String(file?.length ?? value));
        }
      }
      const answer = () =>
        line.send(taken.length > 0 ? pack(6, ...taken) : pack(4, 0));
      if (file) {
        if (taken.length > 0) {
          await line.ask(
            answer,
            (bytes) => bytes.readUInt32BE(0) === 0x40000 || undefined,
          );
        }
        await line.sendAll(file, size, windowsize);
        return;
      }
      const first = await line.ask(
        answer,
        (bytes) => bytes[1] === 3 ? bytes : undefined,
      );
      const { file: got, last } = await line.getAll(size, windowsize, first);
      const part = `${path}.${from.port}.part`;
      try {
        writeFileSync(part, got);
        renameSync(part, path);
      } catch {
        rmSync(part, { force: true });
        throw new End("the disk is full", 3);
      }
      busy.delete(from.port);
      await line.stay(last, 6000);
    } catch (error) {
      if (!(error instanceof End)) throw error;
      if (error.code === undefined) {
        console.log(`127.0.0.1:${from.port}: ${error.message}`);
      } else line.send(pack(5, error.code, error.message));
    } finally {
      busy.delete(from.port);
      setTimeout(() => socket.close(), 100);
    }
  }
}

await runAnyServer(() => new NodeSocket());
