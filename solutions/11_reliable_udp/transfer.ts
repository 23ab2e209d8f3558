/**
 * One end of a transfer: its socket, its peer, and the patience of both.
 *
 * @module
 */
import { formatAddress } from "@lessons/program.ts";
import { FileNameError } from "@lessons/07_md5_file_transfer/file_name.ts";
import { TransferError } from "@lessons/07_md5_file_transfer/transfer_error.ts";
import { type Letter, Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";
import { RoundTrip } from "./round_trip.ts";

/** A transfer ends, and the peer is told why. */
export class TftpError extends TransferError {
  /** `TftpError`. */
  override name = "TftpError";

  /** An error. @param code Its number, by RFC 1350. */
  constructor(readonly code: number, message: string) {
    super(message);
  }
}

/** The peer ended the transfer, or is gone: it is told nothing any more. */
export class OverError extends TransferError {
  /** `OverError`. */
  override name = "OverError";
}

/** How patient a transfer is. */
export interface Patience {
  /** How long an answer is waited for before any round trip is known, in milliseconds. */
  readonly timeout: number;
  /** How often something is sent before the transfer is given up. */
  readonly tries: number;
}

/** A socket that talks with one peer. */
export class Transfer implements Disposable {
  readonly #mailbox: Mailbox;
  readonly #roundTrip: RoundTrip;
  readonly #tries: number;
  #peer: Deno.NetAddr;
  #isKnown: boolean;
  #from: Deno.NetAddr | undefined;
  #kept: Packet | undefined;

  /**
   * Opens the socket.
   *
   * @param hostname Where, so whom it can reach.
   * @param peer Whom it talks with.
   * @param isKnown Whether that is the peer's port for this transfer. A server answers a request from another one.
   */
  constructor(
    hostname: string,
    peer: Deno.NetAddr,
    isKnown: boolean,
    { timeout, tries }: Patience,
  ) {
    this.#mailbox = new Mailbox({ hostname });
    this.#roundTrip = new RoundTrip(timeout);
    this.#tries = tries;
    this.#peer = peer;
    this.#isKnown = isKnown;
  }

  /** How long an answer is waited for at the moment, in milliseconds. */
  get timeout(): number {
    return this.#roundTrip.timeout;
  }

  /** How long is waited for what is no round trip, in milliseconds. */
  get longTimeout(): number {
    return this.#roundTrip.longTimeout;
  }

  /** Sends a packet to the peer. */
  async send(packet: Packet): Promise<void> {
    await this.#mailbox.send(packet, this.#peer);
  }

  /**
   * The next packet of the peer. What others send gets an error of its own, and
   * takes none of the time.
   *
   * @param until The moment at which to give up, by `performance.now()`.
   * @returns `undefined` where none came in time.
   * @throws {OverError} Where the peer ends the transfer.
   */
  async receive(until: number): Promise<Packet | undefined> {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept) return kept;
    while (true) {
      const letter = await this.#mailbox.receive(until);
      if (!letter) return undefined;
      const { packet, from } = letter;
      if (!this.#isPeer(from)) await this.#turnAway(letter);
      else if (packet?.kind === "error") {
        throw new OverError(`${packet.message} (error ${packet.code})`);
      } else if (packet) {
        this.#from = from;
        return packet;
      }
    }
  }

  #isPeer(from: Deno.NetAddr): boolean {
    return this.#isKnown
      ? formatAddress(from) === formatAddress(this.#peer)
      : from.hostname === this.#peer.hostname;
  }

  /** An error is never answered: two programs could go on so for ever. */
  async #turnAway({ packet, from }: Letter): Promise<void> {
    if (packet?.kind === "error") return;
    const message = "this port belongs to another transfer";
    await this.#mailbox.send({ kind: "error", code: 5, message }, from);
  }

  /**
   * Sends until the answer comes: again when the time is up, and twice as long
   * is waited each time.
   *
   * @param send What is sent.
   * @param read Tells of a packet whether it is the answer: gives what it says, or `undefined` where it is something else.
   * @param isLast Whether the answer waits for the peer's disk as well, which no round trip has measured: then nobody is hurried.
   * @throws {OverError} Where none comes.
   */
  async exchange<T>(
    send: () => Promise<void>,
    read: (packet: Packet) => T | undefined,
    isLast = false,
  ): Promise<T> {
    if (isLast) this.#roundTrip.startAgain();
    for (let count = 1; count <= this.#tries; count++) {
      await send();
      const sentAt = performance.now();
      const until = sentAt + this.timeout;
      for (
        let packet;
        (packet = await this.receive(until)) !== undefined;
      ) {
        const answer = read(packet);
        if (answer === undefined) {
          if (!this.#isKnown && this.#from) {
            await this.#turnAway({ packet, from: this.#from }); // of a former transfer
          }
          continue;
        }
        if (count === 1) this.#roundTrip.measure(performance.now() - sentAt);
        if (!this.#isKnown && this.#from) {
          [this.#peer, this.#isKnown] = [this.#from, true];
        }
        return answer;
      }
      this.#roundTrip.backOff();
    }
    throw this.givesUp();
  }

  /** Why a transfer ends in which nothing comes any more. */
  givesUp(): OverError {
    return new OverError(`no answer after ${this.#tries} tries`);
  }

  /** Puts a packet back: it is the next one to be received. */
  putBack(packet: Packet): void {
    this.#kept = packet;
  }

  /** Tells the peer why the transfer ends. */
  async refuse(code: number, message: string): Promise<void> {
    await this.send({ kind: "error", code, message });
  }

  /** How often something is sent before the transfer is given up. */
  get tries(): number {
    return this.#tries;
  }

  /** Something was measured by who receives. */
  measure(ms: number): void {
    this.#roundTrip.measure(ms);
  }

  /** Closes the socket. */
  [Symbol.dispose](): void {
    this.#mailbox[Symbol.dispose]();
  }
}

/** The number of an error, by RFC 1350 and 2347. */
export function codeOf(error: unknown): number {
  if (error instanceof TftpError) return error.code;
  if (error instanceof FileNameError) return 2;
  if (error instanceof Deno.errors.PermissionDenied) return 2;
  const isFull = error instanceof Error &&
    /no space|too large|quota/i.test(error.message); // Deno gives these no class, and not all of them a code
  return isFull ? 3 : 0;
}

/** The whole number behind 16 bits: the one next to where the transfer is. After 65535 comes 65536, which is 0 on the wire. */
export function near(block: number, place: number): number {
  const ahead = (block - place) & 0xffff;
  return place + (ahead < 0x8000 ? ahead : ahead - 0x10000);
}
