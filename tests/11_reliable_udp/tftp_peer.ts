/**
 * A scripted peer that speaks TFTP: a client with one socket, or a server with
 * a port that is known and another one for the transfer.
 *
 * A program under test may send anything again that it has sent before: on a
 * busy machine its time may be up although nothing was lost. So what has come
 * once is passed over when it comes again, and how often it came is counted.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import {
  decode,
  encode,
  type Packet,
} from "@lessons/11_reliable_udp/packet.ts";
import { firstDifference } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import { guard, Hang } from "../../kit/guard.ts";
import type { Program } from "../../kit/program.ts";
import { NobodyError, type Script } from "../../kit/script.ts";
import { type Arrival, Arrivals } from "./arrivals.ts";
import { learnsToWait } from "./late_answers.ts";
import { show } from "./packets.ts";

/** How a peer begins. */
interface Start {
  /** What a verdict calls this end: `the client`. */
  readonly us: string;
  /** Whom it talks with; asked for when it is needed, for a client starts after its server. */
  readonly program: () => Program;
  /** Where its first datagram goes; unknown where the program speaks first. */
  readonly door?: Address;
}

/** One end of a transfer, and the program under test is the other. Each of its acts is a step. */
export class TftpPeer {
  readonly #arrivals = new Arrivals();
  #other: string | undefined;
  #to: Deno.NetAddr | undefined;
  #lastSent = "nothing";
  #sentAt = performance.now();
  /** When it had sent what came before that: what the program has answered since, it had asked after. */
  #sentBefore = this.#sentAt;
  #isAnywhere = false;
  /** The request that came, where one has. */
  request: Packet | undefined;

  /** A peer with a socket of its own at 127.0.0.1. */
  constructor(readonly script: Script, readonly start: Start) {
    script.actors.push(this);
    script.onEnd(() => this.#arrivals.socket.close());
    const { door } = start;
    if (door) this.#to = { ...door, transport: "udp" };
  }

  /** A client of the server under test. */
  static client(
    script: Script,
    server: { readonly address: Address; readonly program: Program },
    us = "the client",
  ): TftpPeer {
    const { address: door, program } = server;
    return new TftpPeer(script, { us, program: () => program, door });
  }

  /** A server for the client under test: its known port, or the one of a transfer. */
  static server(script: Script, us = "the server"): TftpPeer {
    return new TftpPeer(script, { us, program: () => script.client.program });
  }

  /** Where its socket is. */
  get address(): Address {
    return this.#arrivals.address;
  }

  /** Where a client finds it. */
  get place(): Address {
    return this.address;
  }

  /** Takes over a client that has asked at another socket: answers come from here from now on. */
  async follows(door: TftpPeer): Promise<void> {
    this.#to = door.#to;
    this.#other = door.#other;
    // On a busy machine its request may have waited to be read.
    const { patience } = this.script;
    await patience.look();
    this.#sentAt = Math.max(door.at, performance.now() - patience.lost);
  }

  /** Somebody else, who knows the port of this transfer. */
  stranger(): TftpPeer {
    const { script, start: { program } } = this;
    const other = new TftpPeer(script, { us: "a stranger", program });
    other.#to = this.#to;
    other.#other = this.#other;
    return other;
  }

  /** It sends packets, in one go. */
  async sends(...packets: readonly (Packet | Uint8Array)[]): Promise<void> {
    const what = packets.map(show);
    const few = what.length > 6
      ? [...what.slice(0, 3), "…", ...what.slice(-2)]
      : what;
    await this.script.step(
      `${this.start.us} sends ${few.join(", ")}`,
      () => this.#send(packets),
    );
  }

  async #send(packets: readonly (Packet | Uint8Array)[]): Promise<void> {
    const to = this.#to;
    if (!to) throw new Error("Cannot send: nobody has asked yet");
    this.#lastSent = show(packets.at(-1) ?? new Uint8Array());
    const now = performance.now();
    learnsToWait(this.script, now - this.#sentAt);
    this.#sentBefore = this.#sentAt;
    this.#sentAt = now;
    await Promise.all(packets.map((packet) => {
      const bytes = packet instanceof Uint8Array ? packet : encode(packet);
      return this.#arrivals.socket.send(bytes, to);
    }));
  }

  /**
   * The program under test sends this packet next, whatever it repeats before.
   *
   * @returns When it was read, by `performance.now()`.
   */
  async gets(wanted: Packet): Promise<number> {
    return await this.script.step(
      `${this.start.us} gets ${show(wanted)}`,
      () => this.#get(wanted),
    );
  }

  /** It gets each of these, in order. @param says What they are, in a few words. */
  async getsAll(says: string, wanted: readonly Packet[]): Promise<void> {
    await this.script.step(`${this.start.us} gets ${says}`, async () => {
      for (const packet of wanted) await this.#get(packet);
    });
  }

  /** It sends packets and gets others, as part of a step. */
  async hears(
    said: Packet | readonly Packet[],
    wanted: readonly Packet[],
  ): Promise<void> {
    await this.#send("kind" in said ? [said] : said);
    for (const packet of wanted) await this.#get(packet);
  }

  /**
   * It sends a packet and gets each of these, in whatever order: where its own
   * socket overflows, the program has to send some again.
   */
  async hearsWindow(
    said: Packet,
    wanted: readonly Packet[],
  ): Promise<void> {
    await this.#send([said]);
    const left = [...wanted];
    for (let next; (next = left[0]);) {
      const arrival = await this.#next(next);
      const place = left.findIndex((one) => isSame(arrival.bytes, encode(one)));
      if (place !== -1) left.splice(place, 1);
      else if (!arrival.isRepeat) throw this.#wrong(next, arrival);
    }
  }

  /**
   * It sends a part of a window, as part of a step, and gets some of it
   * acknowledged: all, or less where the program had to wait for the rest.
   *
   * @param from The number of the last block before it.
   * @returns The number that is acknowledged.
   */
  async hearsAck(said: readonly Packet[], from: number): Promise<number> {
    await this.#send(said);
    const wanted: Packet = { kind: "ack", block: from + said.length };
    while (true) {
      const arrival = await this.#next(wanted);
      const packet = decode(arrival.bytes);
      const ahead = packet?.kind === "ack" ? (packet.block - from) & 0xffff : 0;
      if (ahead > 0 && ahead <= said.length) return from + ahead;
      if (!arrival.isRepeat) throw this.#wrong(wanted, arrival);
    }
  }

  /**
   * The next packet, as part of a step: the wanted one, another one of its
   * kind, or one that has come before.
   */
  async hearsNext(wanted: Packet): Promise<Packet> {
    const arrival = await this.#next(wanted);
    const packet = decode(arrival.bytes);
    const isOfKind = packet?.kind === wanted.kind || arrival.isRepeat;
    const isInPlace = packet?.kind === "data" && wanted.kind === "data" &&
      packet.block === wanted.block;
    const isRight = !isInPlace || isSame(arrival.bytes, encode(wanted));
    if (packet && isOfKind && isRight) return packet;
    throw this.#wrong(wanted, arrival);
  }

  /** How many datagrams may come that have come before, where that is limited. */
  mostRepeats = Infinity;

  /** How many datagrams have come that had come before. */
  get repeats(): number {
    return this.#arrivals.repeats;
  }

  /** It sends packets and gets one. */
  async asks(
    packets: readonly (Packet | Uint8Array)[],
    wanted: Packet,
  ): Promise<void> {
    await this.sends(...packets);
    await this.gets(wanted);
  }

  /** It gets the same packet once more. @returns When it was read. */
  async getsAgain(wanted: Packet): Promise<number> {
    return await this.script.step(
      `${this.start.us} gets ${show(wanted)} once more`,
      async () => {
        while (true) {
          const arrival = await this.#next(wanted);
          if (isSame(arrival.bytes, encode(wanted))) return arrival.at;
          if (!arrival.isRepeat) throw this.#wrong(wanted, arrival);
        }
      },
    );
  }

  /** It gets an error with this number, and some message. @returns The message. */
  async getsError(code: number): Promise<string> {
    return await this.script.step(
      `${this.start.us} gets error ${code}`,
      async () => {
        const wanted: Packet = { kind: "error", code, message: "…" };
        while (true) {
          const arrival = await this.#next(wanted);
          const packet = decode(arrival.bytes);
          if (packet?.kind === "error" && packet.code === code) {
            return packet.message;
          }
          if (!arrival.isRepeat) throw this.#wrong(wanted, arrival);
        }
      },
    );
  }

  /** When the program was started, or earlier. */
  readonly at = performance.now();

  /** It gets an answer with exactly these options, in whatever order. */
  async getsOptions(wanted: Readonly<Record<string, number>>): Promise<void> {
    const options = new Map(
      Object.entries(wanted).map(([name, value]) => [name, String(value)]),
    );
    const packet: Packet = { kind: "options", options };
    await this.script.step(
      `${this.start.us} gets ${show(packet)}`,
      async () => {
        while (true) {
          const arrival = await this.#next(packet);
          const came = decode(arrival.bytes);
          const isRight = came?.kind === "options" &&
            came.options.size === options.size &&
            [...options].every(([name, value]) =>
              came.options.get(name) === value
            );
          if (isRight) return;
          if (!arrival.isRepeat) throw this.#wrong(packet, arrival);
        }
      },
    );
  }

  /** It gets an error with this number, from whatever port: where there is no transfer, there is none of its own. */
  async getsErrorFromAnywhere(code: number): Promise<void> {
    this.#isAnywhere = true;
    await this.getsError(code);
  }

  /** Not each of these has come more than once: a busy machine lets a program send some of them again, but not all. */
  async neededOnce(packets: readonly Packet[]): Promise<void> {
    await this.script.step(
      `${this.start.us} has got what it needed, and not all of it twice`,
      () => {
        const [first] = packets;
        if (!first || packets.some((packet) => this.count(packet) < 2)) return;
        throw new Failure(
          `${this.#label} sent each packet more than once, ${show(first)} ${
            this.count(first)
          } times; it was expected to send nothing again before its time is up`,
          { found: "all of it twice" },
        );
      },
    );
  }

  /** It gets a request, and knows then whom it talks with. @returns Its options. */
  async getsRequest(
    kind: "read" | "write",
    name: string,
  ): Promise<ReadonlyMap<string, string>> {
    const says = `a ${kind} request for ${name}, octet`;
    return await this.script.step(
      `${this.start.us} gets ${says}`,
      async (add) => {
        const options = new Map<string, string>();
        const wanted: Packet = { kind, name, mode: "octet", options };
        const arrival = await this.#next(wanted);
        const packet = decode(arrival.bytes);
        const isRight = packet?.kind === kind && packet.name === name &&
          packet.mode === "octet";
        if (!isRight) throw this.#wrong(wanted, arrival);
        add(`, from ${arrival.from}`);
        this.request = packet;
        return packet.options;
      },
    );
  }

  /** One more datagram than there are. */
  async more(): Promise<void> {
    await this.#arrivals.more();
  }

  /** What has come and nobody has asked for, in words; `undefined` where all had come before. */
  get surprise(): string | undefined {
    const arrival = this.#arrivals.waiting.find((one) => !one.isRepeat);
    return arrival && show(arrival.bytes);
  }

  /** How often a packet has come so far. */
  count(packet: Packet): number {
    return this.#arrivals.count(encode(packet));
  }

  /** A packet that came may have been sent again for want of time, but not so often. @param most How often at most. @param rule What it was expected to do. */
  async cameAtMost(
    packet: Packet,
    most: number,
    rule = "to send it once, and again only where its time is up",
  ): Promise<void> {
    await this.script.step(
      `${show(packet)} came ${most} times at most`,
      async () => {
        await this.catchUp();
        const times = this.count(packet);
        if (times <= most) return;
        throw new Failure(
          `${this.#label} sent ${
            show(packet)
          } ${times} times; it was expected ${rule}`,
          { found: `${times} times ${show(packet)}` },
        );
      },
    );
  }

  /** Nothing has come but what had come before. */
  async hasGotNothingNew(): Promise<void> {
    await this.script.step(
      `${this.start.us} has got nothing new`,
      async () => {
        await this.catchUp();
        const { surprise } = this;
        if (surprise === undefined) return;
        throw new Failure(
          `${this.#label} sent ${surprise} when it was expected to send nothing more`,
          { found: `more: ${surprise}` },
        );
      },
    );
  }

  /** Reads all that has come so far. */
  async catchUp(): Promise<void> {
    await this.#arrivals.catchUp(this.script.patience);
  }

  get #label(): string {
    return this.start.program().label;
  }

  async #get(wanted: Packet): Promise<number> {
    while (true) {
      const arrival = await this.#next(wanted);
      if (isSame(arrival.bytes, encode(wanted))) return arrival.at;
      if (!arrival.isRepeat) throw this.#wrong(wanted, arrival);
    }
  }

  #wrong(wanted: Packet, { bytes }: Arrival): Failure {
    const [sent, expected] = [show(bytes), show(wanted)];
    const place = firstDifference(bytes, encode(wanted));
    const others = sent === expected
      ? `, with other bytes from byte ${place} of the datagram on`
      : "";
    return new Failure(
      `${this.#label} sent ${sent}${others}; it was expected to send ${expected}`,
      { found: `${sent} for ${expected}` },
    );
  }

  /** The next datagram, from the program's own port for this transfer. */
  async #next(wanted: Packet): Promise<Arrival> {
    const ready = this.#arrivals.waiting.shift();
    if (ready) {
      this.#accept(ready);
      if (this.repeats > this.mostRepeats) {
        throw new Failure(
          `${this.#label} sent ${
            show(ready.bytes)
          } again and again; it was expected to send ${show(wanted)}`,
          { found: `again: ${show(ready.bytes)}` },
        );
      }
      return ready;
    }
    const ended = this.start.program().exited;
    const { promise: asLong, resolve } = Promise.withResolvers<number>();
    ended.then(({ code }) => resolve(code));
    try {
      let code: number | undefined;
      while (this.#arrivals.waiting.length === 0 && code === undefined) {
        const news = Promise.race([this.#arrivals.more(), asLong]);
        code = await guard(this.script.patience, news) ?? undefined;
      }
      if (code !== undefined) await this.catchUp();
      const arrival = this.#arrivals.waiting.shift();
      if (!arrival) {
        throw new Failure(
          `${this.#label} ended with exit code ${code} when it was expected to send ${
            show(wanted)
          }`,
          { found: "it had ended" },
        );
      }
      this.#accept(arrival);
      return arrival;
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${this.#label} sent nothing new for ${error.time}; it was expected to send ${
          show(wanted)
        }; ${this.start.us} had sent ${this.#lastSent} last`,
      );
    }
  }

  #accept(arrival: Arrival): void {
    this.#checkSender(arrival);
    // What it sends again says nothing about how long our answer took.
    if (arrival.isRepeat) return;
    learnsToWait(this.script, arrival.at - this.#sentBefore);
  }

  /** A server answers from a port of its own, and both stay where they are then. */
  #checkSender(arrival: Arrival): void {
    const { door } = this.start;
    if (this.#isAnywhere) return;
    if (this.#other === undefined) {
      if (door && arrival.from === formatAddress(door)) {
        throw new Failure(
          `${this.#label} answered from its known port ${door.port}; it was expected to answer from a port of its own for this transfer`,
          { found: "the known port" },
        );
      }
      this.#other = arrival.from;
      const [hostname = "", port] = arrival.from.split(":");
      this.#to = { hostname, port: Number(port), transport: "udp" };
    }
    if (arrival.from === this.#other) return;
    throw new Failure(
      `${this.#label} sent ${
        show(arrival.bytes)
      } from ${arrival.from}; it was expected to send everything from ${this.#other}`,
      { found: `another port: ${arrival.from}` },
    );
  }
}

/** The peer that came last. */
export function lastPeer({ actors }: Script): TftpPeer {
  const last = actors.findLast((actor) => actor instanceof TftpPeer);
  if (!last) throw new NobodyError();
  return last;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return firstDifference(a, b) === -1;
}
