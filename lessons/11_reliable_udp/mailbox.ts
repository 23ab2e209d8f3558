/**
 * A datagram socket that takes and gives packets, and waits no longer than it is told.
 *
 * @module
 */
import { decode, encode, type Packet } from "./packet.ts";

/** A datagram that came. */
export interface Letter {
  /** What it says; `undefined` where it is no packet. */
  readonly packet: Packet | undefined;
  /** Who sent it. */
  readonly from: Deno.NetAddr;
}

/** A socket for packets. */
export class Mailbox implements Disposable {
  /** The socket itself. */
  readonly socket: Deno.DatagramConn;
  /** The one `receive` that waits. A second one beside it would let the first eat a datagram. */
  #waiting: Promise<Letter> | undefined;

  /** Binds a socket. @param address Where; at any free port unless one is given. */
  constructor(address: { hostname: string; port?: number }) {
    this.socket = Deno.listenDatagram({
      port: 0,
      ...address,
      transport: "udp",
    });
  }

  /** Sends a packet. That it has left does not mean that it arrives. */
  async send(packet: Packet, to: Deno.NetAddr): Promise<void> {
    await this.socket.send(encode(packet), to);
  }

  /**
   * Waits for a datagram, whoever sends it.
   *
   * @param until The moment at which to give up, by `performance.now()`.
   * @returns `undefined` where none came in time.
   */
  async receive(until = Infinity): Promise<Letter | undefined> {
    this.#waiting ??= this.#receive();
    const letter = until === Infinity
      ? await this.#waiting
      : await before(until, this.#waiting);
    if (letter) this.#waiting = undefined;
    return letter;
  }

  async #receive(): Promise<Letter> {
    while (true) {
      try {
        const [bytes, from] = await this.socket.receive();
        if (from.transport !== "udp") continue;
        return { packet: decode(bytes), from };
      } catch (error) {
        // Windows tells here that an earlier datagram found nobody.
        if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      }
    }
  }

  /** Closes the socket. */
  [Symbol.dispose](): void {
    this.#waiting?.catch(() => {}); // nobody waits for it any more
    this.socket.close();
  }
}

/** Waits for a promise until a moment. @returns `undefined` where it has not settled by then. */
async function before<T>(
  until: number,
  promise: Promise<T>,
): Promise<T | undefined> {
  const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
  const ms = Math.max(0, until - performance.now());
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
