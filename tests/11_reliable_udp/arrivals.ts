/**
 * The datagrams that come to a socket, and how often each came.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import { guard } from "../../kit/guard.ts";

/** A datagram that came. */
export interface Arrival {
  readonly bytes: Uint8Array;
  readonly from: string;
  /** When it was read, by `performance.now()`. */
  readonly at: number;
  /** Whether the same had come before, so that it may be one that was sent again. */
  readonly isRepeat: boolean;
}

/** A socket of its own at 127.0.0.1, which is always read. */
export class Arrivals {
  /** The socket. */
  readonly socket = Deno.listenDatagram({
    ...{ hostname: "127.0.0.1", port: 0, transport: "udp" },
  });
  /** What has come and nobody has taken yet, in order. */
  readonly waiting: Arrival[] = [];
  /** How many datagrams have come that had come before. */
  repeats = 0;
  readonly #counts = new Map<string, number>();
  #news = Promise.withResolvers<void>();

  /** Nothing has come yet. */
  constructor() {
    this.#listen();
  }

  /** Where the socket is. */
  get address(): Address {
    const { addr } = this.socket;
    if (addr.transport !== "udp") throw new Error("Cannot tell the port");
    return { hostname: addr.hostname, port: addr.port };
  }

  /** How often these bytes have come so far. */
  count(bytes: Uint8Array): number {
    return this.#counts.get(keyOf(bytes)) ?? 0;
  }

  /** One more datagram than there are. */
  async more(): Promise<void> {
    this.#news = Promise.withResolvers();
    await this.#news.promise;
  }

  /** Reads all that has come so far: sends one datagram to itself, and reads up to it. */
  async catchUp(patience: Parameters<typeof guard>[0]): Promise<void> {
    const own = formatAddress(this.address);
    const mark = () => this.waiting.findIndex(({ from }) => from === own);
    await this.socket.send(new Uint8Array(), this.socket.addr);
    while (mark() === -1) await guard(patience, this.more());
    this.waiting.splice(mark(), 1);
  }

  /** Hears all that comes, until the socket is closed. */
  async #listen(): Promise<void> {
    try {
      for await (const [bytes, from] of this.socket) {
        const times = this.count(bytes);
        this.#counts.set(keyOf(bytes), times + 1);
        if (times > 0) this.repeats++;
        this.waiting.push({
          bytes,
          from: formatAddress(from),
          at: performance.now(),
          isRepeat: times > 0,
        });
        this.#news.resolve();
      }
    } catch (error) {
      // Windows tells here that a datagram found nobody: the program has ended.
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      return await this.#listen();
    }
  }
}

/** A datagram's bytes as a key. */
function keyOf(bytes: Uint8Array): string {
  return bytes.length <= 64
    ? bytes.join()
    : `${bytes.length} ${bytes.subarray(0, 64).join()}`;
}
