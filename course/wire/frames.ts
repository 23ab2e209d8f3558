/**
 * Frames and lines on a recorded stream: which of its bytes are a length and
 * which a payload, or where a line ends. A length is 4 bytes, signed, least
 * byte first: `<i`.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import { showBytes } from "./show.ts";

/** The byte that ends a line. */
const LINE_END = 10;

/** How many bytes a length has. */
const PREFIX = 4;

/** How many pieces of one call are told apart: more than a row has room for. */
const MOST_PIECES = 64;

/** Bytes of one length, of one payload, of one line, or of a stream whose frames are lost. */
export interface Piece {
  /** Which of them. */
  readonly kind: "length" | "payload" | "line" | "lost";
  /** How many bytes. */
  readonly size: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** Of a length or a line: whether its first bytes came in an earlier call. */
  readonly isRest?: boolean;
  /** Of a line: whether its end comes in a later call. */
  readonly isOpen?: boolean;
  /** Of a length: what it says, where its last byte is here. */
  readonly length?: number;
}

/** Cuts one direction of a connection into pieces, call by call. */
export interface Cutter {
  /**
   * The pieces of a call's bytes.
   *
   * @param size How many there are.
   * @param bytes What they are, where they were kept.
   * @param taken How many of them the stream took; a later call has the others again.
   */
  cut(size: number, bytes?: Uint8Array, taken?: number): Piece[];
}

/** What cuts a stream that is framed in some way. */
export function cutterFor(framing: Framing): Cutter {
  return framing === "lines" ? new LineCutter() : new FrameCutter();
}

/** Cuts lines. Where the bytes of a call were not kept, the next line begins after it. */
class LineCutter implements Cutter {
  #isInside = false;

  cut(size: number, bytes?: Uint8Array, taken: number = size): Piece[] {
    const pieces: Piece[] = [];
    if (!bytes) {
      this.#isInside = false;
      return size > 0 ? [{ kind: "lost", size }] : [];
    }
    let isRest = this.#isInside;
    for (let from = 0; from < size && pieces.length < MOST_PIECES;) {
      const end = bytes.indexOf(LINE_END, from);
      const to = end === -1 ? size : end + 1;
      const part = bytes.subarray(from, to);
      pieces.push({
        kind: "line",
        size: to - from,
        bytes: part,
        isRest,
        isOpen: end === -1,
      });
      isRest = false;
      from = to;
    }
    if (taken > 0) this.#isInside = bytes[taken - 1] !== LINE_END;
    return pieces;
  }
}

/**
 * Cuts frames.
 *
 * It loses the frames where the bytes of a length were not kept, and after one
 * that is negative.
 */
class FrameCutter implements Cutter {
  #prefix: number[] = []; // bytes of a length that has begun
  #left = 0; // bytes of the payload that are still to come
  #isLost = false;

  cut(size: number, bytes?: Uint8Array, taken: number = size): Piece[] {
    const before = taken < size ? this.#copy() : undefined;
    const pieces = this.#advance(size, bytes);
    if (before) {
      before.#advance(taken, bytes);
      this.#prefix = before.#prefix;
      this.#left = before.#left;
      this.#isLost = before.#isLost;
    }
    return pieces;
  }

  #copy(): FrameCutter {
    const copy = new FrameCutter();
    copy.#prefix = [...this.#prefix];
    copy.#left = this.#left;
    copy.#isLost = this.#isLost;
    return copy;
  }

  #advance(size: number, bytes?: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    const part = (from: number, to: number) => ({
      size: to - from,
      ...(bytes ? { bytes: bytes.subarray(from, to) } : {}),
    });
    let at = 0;
    while (at < size) {
      const from = at;
      let piece: Piece;
      if (this.#left === 0 && !bytes) this.#isLost = true;
      if (this.#isLost) {
        at = size;
        piece = { kind: "lost", ...part(from, at) };
      } else if (this.#left > 0) {
        at = Math.min(size, from + this.#left);
        this.#left -= at - from;
        piece = { kind: "payload", ...part(from, at) };
      } else {
        const isRest = this.#prefix.length > 0;
        at = Math.min(size, from + PREFIX - this.#prefix.length);
        this.#prefix.push(...bytes?.subarray(from, at) ?? []);
        const length = this.#takeLength();
        piece = {
          kind: "length",
          ...part(from, at),
          isRest,
          ...(length === undefined ? {} : { length }),
        };
      }
      if (pieces.length < MOST_PIECES) pieces.push(piece);
    }
    return pieces;
  }

  /** The length, if all of it is here; its payload comes next. */
  #takeLength(): number | undefined {
    if (this.#prefix.length < PREFIX) return undefined;
    const length = new DataView(Uint8Array.from(this.#prefix).buffer)
      .getInt32(0, true);
    this.#prefix = [];
    this.#left = Math.max(0, length);
    this.#isLost = length < 0;
    return length;
  }
}

/**
 * Pieces as they stand in a ladder: `[length 5] hello`. A length that two calls
 * share is `[length…]` in the one and `[…length 5]` in the other. Lines show
 * their ends themselves.
 */
export function showPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => {
    const { kind, size, bytes } = piece;
    if (kind === "length") return showLength(piece);
    return bytes ? showBytes(bytes) : `(${size} bytes)`;
  }).join(pieces[0]?.kind === "line" ? "" : " ");
}

/** What a piece is, in words of its own: `[length 5]`, `payload`, `line`. */
export function nameOfPiece(piece: Piece): string {
  const { kind, isRest, isOpen } = piece;
  if (kind === "length") return showLength(piece);
  if (kind === "lost") return "nobody knows what";
  return `${isRest ? "…" : ""}${kind}${isOpen ? "…" : ""}`;
}

function showLength({ isRest, length }: Piece): string {
  const value = length === undefined ? "…" : ` ${length}`;
  return `[${isRest ? "…" : ""}length${value}]`;
}
