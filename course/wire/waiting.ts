/**
 * What is in the system: written and not yet read, step after step.
 *
 * A program's write puts bytes into its system's send buffer, the network
 * carries them to the receive buffer of the other side, and a read takes them
 * out there. Where in between they are no recording knows, and this does not say.
 *
 * @module
 */
import type { Side } from "./recording.ts";
import type { Segment, Step, WriteStep } from "./story.ts";

/** Bytes of one write, or a datagram, that nobody has read yet. */
export interface Waiting extends Segment {
  /** The write's number. */
  readonly mark: number;
  /** Who wrote them. */
  readonly side: Side;
  /** On which connection; absent for a datagram. */
  readonly connection?: number;
}

/** Follows a story, and knows after each step what is in the system. */
export class InSystem {
  readonly #waiting = new Map<number, Waiting>();
  readonly #closed = new Set<string>();
  readonly #users = new Map<number, Set<number>>(); // a program's connections

  /** How many bytes there are, by who wrote them. */
  readonly bytes: Record<Side, number> = { client: 0, server: 0 };

  /** How many writes there are of which bytes are here. */
  get count(): number {
    return this.#waiting.size;
  }

  /** What has been written and not read, the first that was written first. @param most How many of them. */
  first(most = Infinity): Waiting[] {
    return [...this.#waiting.values().take(Math.min(most, this.count))];
  }

  /** Goes one step further. */
  follow(step: Step): void {
    const { program, connection } = step;
    if (connection !== undefined) {
      const used = this.#users.get(program) ?? new Set();
      this.#users.set(program, used.add(connection));
    }
    switch (step.kind) {
      case "write":
      case "send":
        return this.#put(step);
      case "read":
      case "receive":
        for (const segment of step.segments) this.#take(segment, step.kind);
        return;
      case "close":
        if (connection !== undefined) this.#drop(step.side, connection);
        return;
      case "end":
        for (const one of this.#users.get(program) ?? []) {
          this.#drop(step.side, one);
        }
    }
  }

  /** A write that failed may have put in what was read of it; one whose reader is not recorded is left out, as is a datagram that got lost. */
  #put(step: WriteStep): void {
    const { kind, mark, side, connection, size, count, bytes, fate } = step;
    const isKnown = fate === "arrived" || fate === "partly" ||
      (fate === "never" && kind === "write");
    const to = isKnown && !step.error ? count ?? size : step.read;
    const isEmptyDatagram = kind === "send" && isKnown;
    if (to === 0 && !isEmptyDatagram) return;
    const reader = side === "client" ? "server" : "client";
    if (this.#closed.has(`${reader} ${connection}`)) return;
    this.#set({
      ...{ mark, side, from: 0, to, of: to },
      ...(connection === undefined ? {} : { connection }),
      ...(bytes ? { bytes: bytes.subarray(0, to) } : {}),
      ...(step.pieces ? { pieces: step.pieces } : {}),
    });
  }

  #take({ mark = 0, to }: Segment, kind: "read" | "receive"): void {
    const found = this.#waiting.get(mark);
    if (!found) return;
    // A buffer that is too small for a datagram loses the rest of it.
    if (kind === "receive" || to >= found.to) {
      return this.#remove(found);
    }
    const { pieces: _, ...rest } = found;
    this.bytes[found.side] -= found.to - found.from;
    this.#set({ // in its place
      ...rest,
      from: to,
      ...(found.bytes ? { bytes: found.bytes.subarray(to - found.from) } : {}),
    });
  }

  /** Who closes throws away what the other side has written, and what it will still write. */
  #drop(side: Side, connection: number): void {
    this.#closed.add(`${side} ${connection}`);
    for (const waiting of this.#waiting.values()) {
      const isForThem = waiting.side !== side;
      if (isForThem && waiting.connection === connection) this.#remove(waiting);
    }
  }

  #set(waiting: Waiting): void {
    this.#waiting.set(waiting.mark, waiting);
    this.bytes[waiting.side] += waiting.to - waiting.from;
  }

  #remove({ mark, side, from, to }: Waiting): void {
    this.#waiting.delete(mark);
    this.bytes[side] -= to - from;
  }
}
