/**
 * Frames on a recorded stream: which of its bytes are a length and which a
 * payload. A length is 4 bytes, signed, least byte first: `<i`.
 *
 * @module
 */
import { showBytes } from "./show.ts";

/** How many bytes a length has. */
const PREFIX = 4;

/** How many pieces of one call are told apart: more than a row has room for. */
const MOST_PIECES = 64;

/** Bytes of one length, of one payload, or of a stream whose frames are lost. */
export interface Piece {
  /** Which of them. */
  readonly kind: "length" | "payload" | "lost";
  /** How many bytes. */
  readonly size: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** Of a length: whether its first bytes came in an earlier call. */
  readonly isRest?: boolean;
  /** Of a length: what it says, where its last byte is here. */
  readonly length?: number;
}

/**
 * Cuts one direction of a connection into pieces, call by call.
 *
 * It loses the frames where the bytes of a length were not kept, and after one
 * that is negative.
 */
export class FrameCutter {
  #prefix: number[] = []; // bytes of a length that has begun
  #left = 0; // bytes of the payload that are still to come
  #isLost = false;

  /**
   * The pieces of a call's bytes.
   *
   * @param size How many there are.
   * @param bytes What they are, where they were kept.
   * @param taken How many of them the stream took; a later call has the others again.
   */
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
 * share is `[length…]` in the one and `[…length 5]` in the other.
 */
export function showPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => {
    const { kind, size, bytes } = piece;
    if (kind === "length") return showLength(piece);
    return bytes ? showBytes(bytes) : `(${size} bytes)`;
  }).join(" ");
}

/** What a piece is, in words of its own: `[length 5]`, `payload`, `no frame`. */
export function nameOfPiece(piece: Piece): string {
  if (piece.kind === "length") return showLength(piece);
  return piece.kind === "payload" ? "payload" : "no frame";
}

function showLength({ isRest, length }: Piece): string {
  const value = length === undefined ? "…" : ` ${length}`;
  return `[${isRest ? "…" : ""}length${value}]`;
}
