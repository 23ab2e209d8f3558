/**
 * Receiving a file, window by window.
 *
 * @module
 */
import type { Reader } from "@lessons/06_struct_framing/frame.ts";
import type { Agreement } from "./options.ts";
import { LONGEST } from "./round_trip.ts";
import { near, OverError, type Transfer } from "./transfer.ts";

/**
 * The bytes of a file that comes in blocks, in order.
 *
 * The last block is acknowledged by {@linkcode finish} alone: whoever sends it
 * then knows that the file is where it should be.
 */
export class BlockReader implements Reader {
  readonly #transfer: Transfer;
  readonly #blksize: number;
  readonly #windowsize: number;
  #rest = new Uint8Array();
  #last = 0; // the last block that came in order
  #acknowledged = 0; // the last one that was acknowledged
  #isGapTold = false;
  #isEnd = false;
  #saidAt: number | undefined;

  /** Nothing has come yet. */
  constructor(transfer: Transfer, { blksize, windowsize }: Agreement) {
    this.#transfer = transfer;
    this.#blksize = blksize;
    this.#windowsize = windowsize;
  }

  /** Says that the blocks may come: that is how a write request, or an answer with options, is acknowledged. */
  async begin(): Promise<void> {
    await this.#acknowledge();
  }

  /**
   * Fills a buffer, or reads to the end. A window is acknowledged as soon as it
   * is there: the next one is on its way while this one is written.
   *
   * @returns How many bytes, or `null` where the last block has come.
   */
  async read(buffer: Uint8Array): Promise<number | null> {
    let at = 0;
    while (at < buffer.length) {
      if (this.#rest.length === 0) {
        if (this.#isEnd) break;
        this.#rest = await this.#nextBlock();
        this.#isEnd = this.#rest.length < this.#blksize;
        const isWindow = this.#last - this.#acknowledged === this.#windowsize;
        if (isWindow && !this.#isEnd) await this.#acknowledge();
      }
      const part = this.#rest.subarray(0, buffer.length - at);
      buffer.set(part, at);
      at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return at === 0 ? null : at;
  }

  /** Waits for the block after the last one. */
  async #nextBlock(): Promise<Uint8Array<ArrayBuffer>> {
    const { tries } = this.#transfer;
    // Whoever sends should be the first whose time is up, and may wait for longer than round trips take here.
    let wait = 2 * this.#transfer.longTimeout;
    for (let count = 1;; count++) {
      const until = performance.now() + wait;
      for (
        let packet;
        (packet = await this.#transfer.receive(until)) !== undefined;
      ) {
        const bytes = await this.#take(packet);
        if (bytes) return bytes;
      }
      if (count === tries) throw this.#transfer.givesUp();
      wait = Math.min(2 * wait, 2 * LONGEST);
      await this.#acknowledge();
      this.#saidAt = undefined; // said twice: what comes now measures nothing
    }
  }

  /** Looks at a packet. @returns The bytes of the next block, where it is that. */
  async #take(
    packet: Awaited<ReturnType<Transfer["receive"]>>,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (packet?.kind === "options" && this.#last === 0) {
      await this.#acknowledge(); // it has come before: its acknowledgement was lost
    }
    if (packet?.kind !== "data") return undefined;
    const block = near(packet.block, this.#last + 1);
    if (block === this.#last + 1) {
      if (this.#saidAt !== undefined) {
        this.#transfer.measure(performance.now() - this.#saidAt);
        this.#saidAt = undefined;
      }
      this.#last = block;
      this.#isGapTold = false;
      return new Uint8Array(packet.bytes);
    }
    if (block > this.#last && !this.#isGapTold) {
      await this.#acknowledge(); // one is missing: go on from here
      this.#isGapTold = true;
    } else if (block === this.#acknowledged) {
      await this.#acknowledge(); // it has come before: its acknowledgement was lost
    }
    return undefined;
  }

  async #acknowledge(): Promise<void> {
    await this.#transfer.send({ kind: "ack", block: this.#last });
    this.#acknowledged = this.#last;
    this.#saidAt = performance.now();
  }

  /** Acknowledges the last block. */
  async finish(): Promise<void> {
    await this.#acknowledge();
  }

  /** Stays for a while, and acknowledges the last block again when it comes again. @param ms How long nothing may come. */
  async linger(ms: number): Promise<void> {
    try {
      for (
        let packet;
        (packet = await this.#transfer.receive(performance.now() + ms)) !==
          undefined;
      ) {
        if (packet.kind === "data") await this.#acknowledge(); // whichever comes: the last one may be lost again
      }
    } catch (error) {
      if (!(error instanceof OverError)) throw error; // the file is whole, whatever the peer thinks of it
    }
  }
}
