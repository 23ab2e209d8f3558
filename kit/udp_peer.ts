/**
 * A scripted peer on UDP: it sends datagrams by a plan and compares those that
 * come with those that should.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import { type Data, quote, quoteAt, toBytes } from "./bytes.ts";
import {
  type DatagramFault,
  type DatagramPlan,
  planDatagrams,
} from "./datagram_plan.ts";
import { Failure } from "./failure.ts";
import { guard, Hang } from "./guard.ts";
import type { Exit } from "./program.ts";
import type { Scene } from "./scene.ts";

/** How often something is sent again and again, in milliseconds: many times in the shortest time-out that it is to disturb. */
const AGAIN_MS = 20;

/** A datagram that came. */
interface Arrival {
  readonly bytes: Uint8Array;
  readonly from: string;
  /** When it was read, by `performance.now()`. It had been sent before. */
  readonly at: number;
}

/** What a peer knows when it begins. */
export interface UdpPeerOptions {
  /** What a verdict calls the program at the other end: `your server`. */
  readonly label: string;
  /** What it calls this end: `the client`. */
  readonly us: string;
  /** The port of this end; a free one unless told otherwise. */
  readonly port?: number;
  /** Where the program's socket is. A peer that is not told learns it from the first datagram. */
  readonly other?: Address;
  /** Whether the program may send a datagram again while the answer to it is on its way. */
  readonly mayAskAgain?: boolean;
  /** Settles when the program has ended, where it can be seen. */
  readonly ended?: () => Promise<Exit> | undefined;
}

/** A socket that talks with the program under test, as its client or as its server. Each of its acts is a step. */
export class UdpPeer {
  readonly #socket: Deno.DatagramConn;
  readonly #address: Address;
  #isOpen = true;
  #stranger: Deno.DatagramConn | undefined;
  readonly #options: UdpPeerOptions;
  /** Datagrams that have come and that no expectation has taken yet. */
  readonly #arrived: Arrival[] = [];
  #pump: Promise<void> | undefined;
  #other: Address | undefined;
  #sent: Uint8Array | undefined;
  #expectedLast: Uint8Array | undefined;

  /** A peer with a socket of its own at 127.0.0.1. */
  constructor(readonly scene: Scene, options: UdpPeerOptions) {
    this.#socket = openSocket(options.port);
    this.#address = addressOf(this.#socket);
    this.#options = options;
    this.#other = options.other;
    scene.actors.push(this);
    scene.onEnd(() => this.#close());
  }

  /** Opens one, as a step. */
  static async open(scene: Scene, options: UdpPeerOptions): Promise<UdpPeer> {
    return await scene.step(`${options.us} opens a socket`, (add) => {
      const peer = new UdpPeer(scene, options);
      add(` at ${formatAddress(peer.address)}`);
      return peer;
    });
  }

  /** What a verdict calls the program at the other end. */
  get label(): string {
    return this.#options.label;
  }

  /** What a verdict calls this end. */
  get us(): string {
    return this.#options.us;
  }

  /** Where this end's socket is. */
  get address(): Address {
    return this.#address;
  }

  /** The same: where a client finds it. */
  get place(): Address {
    return this.#address;
  }

  /** It sends a datagram, or several in one go, so that the program may find them together; with faults. */
  async sends(
    data: Data | readonly Data[],
    ...faults: DatagramFault[]
  ): Promise<void> {
    const { what, plan } = planOf(data, faults);
    await this.scene.step(
      `${this.us} sends ${what}`,
      async () => {
        await this.#send(plan);
        // A busy system may still have them on the way when send() has returned.
        await this.#catchUp();
      },
    );
  }

  /**
   * The program under test sends this datagram next.
   *
   * @param times How often, one right after the other.
   * @returns When the last one was read, by `performance.now()`: never before it was sent.
   */
  async gets(data: Data, times = 1): Promise<number> {
    const often = times === 1 ? "" : `, ${times} times`;
    return await this.scene.step(
      `${this.us} gets ${quote(data)}${often}`,
      async () => {
        for (let i = 1; i < times; i++) await this.#get(toBytes(data));
        return await this.#get(toBytes(data));
      },
    );
  }

  /**
   * The program under test sends this datagram next, although something else
   * comes to it all the time.
   *
   * @param others What this end sends again and again until then, with faults.
   * @param waits How long the program waits before it sends the datagram, in milliseconds.
   * @returns As {@linkcode gets}.
   */
  async getsAmid(
    others: Data | readonly Data[],
    data: Data,
    waits: number,
    ...faults: DatagramFault[]
  ): Promise<number> {
    const { what, plan } = planOf(others, faults);
    return await this.scene.step(
      `${this.us} sends ${what} every ${AGAIN_MS} ms until it gets ${
        quote(data)
      }`,
      async () => {
        let sentAt = performance.now();
        let longestGap = 0;
        const again = setInterval(() => {
          const now = performance.now();
          longestGap = Math.max(longestGap, now - sentAt);
          sentAt = now;
          this.#send(plan);
        }, AGAIN_MS);
        try {
          while (true) {
            longestGap = 0;
            const at = await this.#get(toBytes(data));
            longestGap = Math.max(longestGap, performance.now() - sentAt);
            // A busy machine may have kept this end from sending: then it was not amid anything.
            if (longestGap < waits - AGAIN_MS) return at;
          }
        } finally {
          clearInterval(again);
        }
      },
    );
  }

  /** It sends a datagram, or several, with faults, and then gets this one. */
  async asks(
    data: Data | readonly Data[],
    wanted: Data,
    ...faults: DatagramFault[]
  ): Promise<void> {
    await this.sends(data, ...faults);
    await this.gets(wanted);
  }

  /**
   * The program under test has sent nothing else so far.
   *
   * It does not wait for a datagram: it looks at what has come. To be sure of
   * the future, let the program end first.
   */
  async hasGotNoMore(): Promise<void> {
    await this.scene.step(
      `${this.us} has got nothing more`,
      () => this.#isEmpty(),
    );
  }

  /** The same at the end of a case, where no step is made of it. A client may have asked again in the meantime. */
  async isAtEnd(): Promise<void> {
    const { mayAskAgain, label } = this.#options;
    const isYours = label.startsWith("your");
    if (this.#isOpen && !mayAskAgain && isYours) await this.#isEmpty();
  }

  /** It closes its socket. Nobody is told: UDP has no goodbye. */
  async leaves(): Promise<void> {
    await this.scene.step(`${this.us} closes its socket`, () => this.#close());
  }

  async #isEmpty(): Promise<void> {
    await this.#catchUp();
    const [arrival] = this.#arrived;
    if (!arrival) return;
    throw new Failure(
      `${this.label} sent ${
        quote(arrival.bytes)
      } when it was expected to send nothing more`,
      { expected: new Uint8Array(), received: arrival.bytes },
    );
  }

  async #get(expected: Uint8Array): Promise<number> {
    const arrival = await this.#next(expected);
    this.#expectedLast = expected;
    this.#checkSender(arrival);
    if (isSame(arrival.bytes, expected)) return arrival.at;
    throw new Failure(
      `${this.label} sent ${
        quoteAt(arrival.bytes, expected)
      }; it was expected to send ${quoteAt(expected, arrival.bytes)}`,
      { expected, received: arrival.bytes },
    );
  }

  async #send(moves: DatagramPlan): Promise<void> {
    if (!this.#other) throw new Error("Cannot send: nobody has asked yet");
    const to: Deno.NetAddr = { ...this.#other, transport: "udp" };
    const sending: Promise<number>[] = [];
    for (const move of moves) {
      if (move.do === "pause") {
        await new Promise((resolve) => setTimeout(resolve, move.ms));
        continue;
      }
      this.#sent = move.bytes;
      const socket = move.from === "self"
        ? this.#socket
        : this.#stranger ??= openSocket();
      sending.push(socket.send(move.bytes, to));
    }
    await Promise.all(sending);
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#socket.close();
    this.#stranger?.close();
  }

  /** The next datagram; one that repeats what was asked before is left out where that is the program's right. */
  async #next(expected: Uint8Array): Promise<Arrival> {
    while (true) {
      const arrival = await this.#take(expected);
      const isRepeat = this.#options.mayAskAgain &&
        this.#expectedLast !== undefined &&
        isSame(arrival.bytes, this.#expectedLast) &&
        !isSame(arrival.bytes, expected);
      if (!isRepeat) return arrival;
    }
  }

  async #take(expected: Uint8Array): Promise<Arrival> {
    const ended = this.#options.ended?.();
    const { promise: asLong, resolve } = Promise.withResolvers<Exit>();
    ended?.then(resolve);
    try {
      let exit: Exit | undefined;
      while (this.#arrived.length === 0 && !exit) {
        const news = Promise.race([this.#more(), asLong]);
        exit = await guard(this.scene.patience, news) ?? undefined;
      }
      if (exit) await this.#catchUp();
      const arrival = this.#arrived.shift();
      if (arrival) return arrival;
      throw new Failure(
        `${this.label} ended with exit code ${exit?.code} when it was expected to send ${
          quote(expected)
        }`,
      );
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      const sent = this.#sent === undefined
        ? "sent nothing"
        : `sent ${quote(this.#sent)} last`;
      throw Failure.ofSilence(
        error,
        `${this.label} sent nothing for ${error.time}; it was expected to send ${
          quote(expected)
        }; ${this.us} had ${sent}`,
        { expected },
      );
    }
  }

  /** A program talks from one socket: its answers would not find it anywhere else. */
  #checkSender(arrival: Arrival): void {
    if (!this.#other) {
      const [hostname = "", port] = arrival.from.split(":");
      this.#other = { hostname, port: Number(port) };
    }
    const other = formatAddress(this.#other);
    if (arrival.from === other) return;
    throw new Failure(
      `${this.label} sent ${
        quote(arrival.bytes)
      } from ${arrival.from}; it was expected to send everything from ${other}`,
      { found: `another socket: ${arrival.from}` },
    );
  }

  /**
   * Reads all that has come so far.
   *
   * Datagrams wait in the order in which they came. So the peer sends one to
   * itself and reads up to it.
   */
  async #catchUp(): Promise<void> {
    const own = formatAddress(this.address);
    const mark = () => this.#arrived.findIndex(({ from }) => from === own);
    await this.#socket.send(new Uint8Array(), this.#socket.addr);
    try {
      while (mark() === -1) await guard(this.scene.patience, this.#more());
      this.#arrived.splice(mark(), 1);
    } catch (error) {
      if (!(error instanceof Hang)) throw error; // a hang: there was no room for the mark, and all is read
    }
  }

  /** One more datagram. The one `receive` that waits is kept: a second one beside it would let the first eat a datagram. */
  #more(): Promise<void> {
    this.#pump ??= (async () => {
      try {
        const [bytes, from] = await this.#socket.receive();
        this.#arrived.push({
          bytes,
          from: formatAddress(from),
          at: performance.now(),
        });
      } finally {
        this.#pump = undefined;
      }
    })();
    return this.#pump;
  }
}

/** What is sent, in words and as a plan. */
function planOf(
  data: Data | readonly Data[],
  faults: readonly DatagramFault[],
): { what: string; plan: DatagramPlan } {
  const isOne = typeof data === "string" || data instanceof Uint8Array;
  const datagrams = isOne ? [data] : data;
  const what = datagrams.map(quote).join(", then ");
  const how = faults.map(({ says }) => says).join(", ");
  return {
    what: how ? `${what}, ${how}` : what,
    plan: planDatagrams(datagrams.map(toBytes), ...faults),
  };
}

function openSocket(port = 0): Deno.DatagramConn {
  return Deno.listenDatagram({
    hostname: "127.0.0.1",
    port,
    transport: "udp",
  });
}

function addressOf({ addr }: Deno.DatagramConn): Address {
  if (!("port" in addr) || !("hostname" in addr)) {
    throw new Error("Cannot tell the port of a scripted peer");
  }
  return { hostname: addr.hostname, port: addr.port };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
