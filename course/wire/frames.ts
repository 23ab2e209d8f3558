/**
 * Frames and lines on a recorded stream: which of its bytes are a length, which
 * a payload and which a file behind it, or where a line ends. A length is 4
 * bytes, signed, least byte first: `<i`.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import { clip, columns, showBytes } from "./show.ts";

/** The byte that ends a line. */
const LINE_END = 10;

/** How many bytes a length has. */
const PREFIX = 4;

/** How many bytes of a payload are looked at for the size of a file. */
const MOST_HEADER = 65_536;

/** The least that is shown of a payload, in columns. */
const LEAST_SHOWN = 8;

/** How many pieces of one call are told apart: more than a row has room for. */
const MOST_PIECES = 64;

/** Bytes of one length, of one payload, of a header and of the file that it announces, of one line, or of a stream whose frames are lost. */
export interface Piece {
  /** Which of them. A payload is a header once its end has told of a file. */
  readonly kind:
    | "length"
    | "payload"
    | "header"
    | "file"
    | "line"
    | "packet"
    | "lost";
  /** Of a packet: what it is, `data 7`. */
  readonly name?: string;
  /** How many bytes. */
  readonly size: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** Of a length, a file or a line: whether its first bytes came in an earlier call. */
  readonly isRest?: boolean;
  /** Of a line: whether its end comes in a later call. */
  readonly isOpen?: boolean;
  /** Of a length: what it says, where its last byte is here. Of a file: its size. */
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
  return framing === "lines"
    ? new LineCutter()
    : new FrameCutter(framing === "files");
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
 * It loses the frames where the bytes of a length, or of what may be a file's
 * header, were not kept, and after a length that is negative.
 */
class FrameCutter implements Cutter {
  #prefix: number[] = []; // bytes of a length that has begun
  #left = 0; // bytes of the payload that are still to come
  #header: number[] = []; // what has come of a payload that may announce a file
  #file = { size: 0, left: 0 };
  #isLost = false;

  /** Cuts frames. @param hasFiles Whether a file stands behind a payload that names its size. */
  constructor(readonly hasFiles: boolean) {}

  cut(size: number, bytes?: Uint8Array, taken: number = size): Piece[] {
    const before = taken < size ? this.#copy() : undefined;
    const pieces = this.#advance(size, bytes);
    if (before) {
      before.#advance(taken, bytes);
      this.#prefix = before.#prefix;
      this.#left = before.#left;
      this.#header = before.#header;
      this.#file = before.#file;
      this.#isLost = before.#isLost;
    }
    return pieces;
  }

  #copy(): FrameCutter {
    const copy = new FrameCutter(this.hasFiles);
    copy.#prefix = [...this.#prefix];
    copy.#left = this.#left;
    copy.#header = [...this.#header];
    copy.#file = { ...this.#file };
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
      const isFile = this.#file.left > 0;
      const isOpen = this.#left === 0 || this.hasFiles;
      if (isOpen && !isFile && !bytes) this.#isLost = true;
      if (isFile) {
        const { size: length, left } = this.#file;
        at = Math.min(size, from + left);
        this.#file.left -= at - from;
        piece = {
          kind: "file",
          ...part(from, at),
          isRest: left < length,
          length,
        };
      } else if (this.#isLost) {
        at = size;
        piece = { kind: "lost", ...part(from, at) };
      } else if (this.#left > 0) {
        at = Math.min(size, from + this.#left);
        this.#left -= at - from;
        this.#hear(bytes?.subarray(from, at));
        const kind = this.#file.left > 0 ? "header" : "payload";
        piece = { kind, ...part(from, at) };
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

  /** Keeps what has come of a payload, and looks into it at its end. */
  #hear(bytes?: Uint8Array): void {
    if (!this.hasFiles || !bytes) return;
    if (this.#header.length < MOST_HEADER) this.#header.push(...bytes);
    if (this.#left > 0) return;
    const size = sizeIn(Uint8Array.from(this.#header));
    this.#header = [];
    this.#file = { size, left: size };
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

/** The size of the file that a header announces; 0 where it announces none. */
function sizeIn(header: Uint8Array): number {
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(header));
    if (fields === null || typeof fields !== "object") return 0;
    const size: unknown = "file_size" in fields
      ? fields.file_size
      : "size" in fields
      ? fields.size
      : 0;
    return Number.isSafeInteger(size) ? Math.max(0, Number(size)) : 0;
  } catch {
    return 0;
  }
}

/**
 * Pieces as they stand in a ladder: `[length 5] hello`. A length that two calls
 * share is `[length…]` in the one and `[…length 5]` in the other. A file says
 * how large it is, `file 64: …`. Lines show their ends themselves.
 *
 * @param most How many columns there are: where that is too few, each payload and each file gives some of its own.
 */
export function showPieces(
  pieces: readonly Piece[],
  most = Infinity,
): string {
  const joint = pieces[0]?.kind === "line" ? "" : " ";
  const whole = pieces.map(showPiece).join(joint);
  const contents = pieces.filter(hasContent).length;
  if (joint === "" || contents < 2 || columns(whole) <= most) return whole;
  const fixed = pieces.reduce(
    (sum, piece) => sum + columns(labelOf(piece)) + 1,
    -1,
  );
  const each = Math.floor((most - fixed) / contents);
  if (each < LEAST_SHOWN) return whole;
  return pieces.map((piece) =>
    hasContent(piece)
      ? labelOf(piece) + clip(contentOf(piece), each)
      : showPiece(piece)
  ).join(joint);
}

function hasContent({ kind }: Piece): boolean {
  return kind !== "length";
}

function showPiece(piece: Piece): string {
  return labelOf(piece) + contentOf(piece);
}

/** What stands before a piece's bytes; of a length, all. */
function labelOf(piece: Piece): string {
  const { kind, isRest, length = 0 } = piece;
  if (kind === "length") return showLength(piece);
  if (kind === "packet") {
    return `[${piece.name}]${piece.bytes?.length ? " " : ""}`;
  }
  if (kind !== "file") return "";
  return isRest ? "…file: " : `file ${length}: `;
}

function contentOf({ kind, size, bytes }: Piece): string {
  if (kind === "length") return "";
  if (kind === "packet" && !bytes?.length) return "";
  return bytes ? showBytes(bytes) : `(${size} bytes)`;
}

/** What a piece is, in words of its own: `[length 5]`, `payload`, `line`. */
export function nameOfPiece(piece: Piece): string {
  const { kind, isRest, isOpen } = piece;
  if (kind === "length") return showLength(piece);
  if (kind === "lost") return "nobody knows what";
  if (kind === "packet") return piece.name ?? kind;
  return `${isRest ? "…" : ""}${kind}${isOpen ? "…" : ""}`;
}

function showLength({ isRest, length }: Piece): string {
  const value = length === undefined ? "…" : ` ${length}`;
  return `[${isRest ? "…" : ""}length${value}]`;
}
