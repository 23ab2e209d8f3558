/**
 * Bytes for people: quoted text, hex, and where two runs of bytes part.
 *
 * @module
 */
import { plain, visible } from "./plain.ts";

/** Bytes, or a text that stands for its bytes as UTF-8. */
export type Data = string | Uint8Array;

const encoder = new TextEncoder();

/** Text as UTF-8; bytes as they are. */
export function toBytes(data: Data): Uint8Array {
  return typeof data === "string" ? encoder.encode(data) : data;
}

/** Joins chunks into one array. */
export function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, c) => sum + c.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/**
 * Where two runs of bytes part.
 *
 * @returns The offset of the first byte that differs or that only one of them has; -1 where they are the same.
 */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : shared;
}

/** `1 byte`, `2 bytes`. */
export function countBytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** Bytes of a frame before its payload. */
export const PREFIX = 4;

/** The length that a frame announces, in bytes. @param bytes Its first 4, at least. */
export function lengthOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
}

/** How much of a text is shown where it is only mentioned. */
const SHOWN = 60;

/** How much of that stands before a difference, in bytes. */
const BEFORE = 20;

/** The longest payload by which a frame is recognised, in bytes. */
const MOST_PAYLOAD = 2 * 1024 * 1024;

/**
 * Bytes as a text in single or double quotes on one line, control characters
 * escaped, long ones cut; as hex where they are not UTF-8. Frames as the wire
 * view has them, `[length 5] hello`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { quote } from "./bytes.ts";
 *
 * assertEquals(quote("hello\n"), String.raw`"hello\n" (6 bytes)`);
 * ```
 */
export function quote(data: Data): string {
  const bytes = toBytes(data);
  if (bytes.length === 0) return "nothing (0 bytes)";
  const shown = isFrame(bytes) ? showFrames(bytes) : quoteText(bytes);
  return `${shown} (${countBytes(bytes.length)})`;
}

/**
 * The same for bytes that should be others: of long ones the part is shown in
 * which the two differ.
 */
export function quoteAt(data: Data, other: Data): string {
  const bytes = toBytes(data);
  if (bytes.length === 0 || isFrame(bytes)) return quote(bytes);
  return `${quoteLine(bytes, other)} (${countBytes(bytes.length)})`;
}

/**
 * A line as {@linkcode quote} shows it, without the number of its bytes.
 *
 * @param other The line that it should be, or that is there instead.
 */
export function quoteLine(line: Data, other?: Data): string {
  const bytes = toBytes(line);
  const at = other === undefined ? 0 : firstDifference(bytes, toBytes(other));
  if (at < SHOWN - BEFORE) return quoteText(bytes);
  let from = at - BEFORE;
  while (from > 0 && isInCharacter(bytes[from])) from--;
  return `…${quoteText(bytes.subarray(from))}`;
}

/** Whether a byte goes on with a character of UTF-8 (RFC 3629, 3). */
function isInCharacter(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function quoteText(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
  } catch {
    const rest = bytes.length > 16 ? " …" : "";
    return `the bytes ${hex(bytes.subarray(0, 16))}${rest}`;
  }
  // JSON is full of double quotes, and nobody likes to read it with them escaped.
  const mark = text.includes('"') && !text.includes("'") ? "'" : '"';
  let shown = "";
  for (const character of text) {
    if (shown.length >= SHOWN) return `${mark}${shown}…${mark}`;
    shown += escape(character, mark);
  }
  return `${mark}${shown}${mark}`;
}

/** Whether bytes begin with a frame. A text never does; nor do a text and the zeros of a buffer's rest. */
function isFrame(bytes: Uint8Array): boolean {
  if (bytes.length < PREFIX || bytes[PREFIX] === 0) return false;
  const length = lengthOf(bytes);
  return length >= 0 && length <= MOST_PAYLOAD;
}

/** Frames one after another, a false length too, and the text that may follow them. */
function showFrames(bytes: Uint8Array): string {
  let shown = "";
  for (let at = 0; at < bytes.length;) {
    const prefix = bytes.subarray(at, at + PREFIX);
    let end = bytes.length;
    if (isLength(prefix)) {
      const isWhole = prefix.length === PREFIX;
      const length = isWhole ? lengthOf(prefix) : 0;
      shown += isWhole ? ` [length ${length}]` : " [length…]";
      at += prefix.length;
      if (length >= 0) end = Math.min(end, at + length);
    }
    if (at < end) shown += " ";
    const part = bytes.subarray(at, Math.min(end, at + 4 * SHOWN)); // a character has 4 bytes at most
    for (const piece of readable(part)) {
      if (shown.length > SHOWN) return `${shown.trimStart()}…`;
      shown += typeof piece === "string"
        ? escape(piece, "")
        : `‹${hex(piece)}›`;
    }
    at = end;
  }
  return shown.trimStart();
}

/** The characters of a text, and the bytes between them that are no UTF-8. */
function* readable(bytes: Uint8Array): Generator<string | Uint8Array> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(bytes, { stream: true }); // a part of a character may stand at the end
  if (!text.includes("\ufffd")) return yield* text;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let at = 0; at < bytes.length;) {
    let end = at + 1;
    while (end < bytes.length && isInCharacter(bytes[end])) end++;
    const part = bytes.subarray(at, end);
    try {
      yield* decoder.decode(part);
    } catch {
      yield part;
    }
    at = end;
  }
}

/** Whether bytes behind a frame are another one's length: they have some that no text has. */
function isLength(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x09 || byte === 0xff);
}

/** A character as it stands between quotes: control characters must not reach a terminal. */
function escape(character: string, mark: string): string {
  if (plain(character) !== character || "\n\t".includes(character)) {
    return visible(character);
  }
  return character === mark || character === "\\"
    ? `\\${character}`
    : character;
}

/** Bytes as two hexadecimal digits each, a space between. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/**
 * Expected and received bytes around the first that differs, as hex and as
 * text, with a mark under it.
 *
 * @returns Lines, or none where they are the same.
 */
export function showDifference(
  expected: Uint8Array,
  received: Uint8Array,
): string[] {
  const at = firstDifference(expected, received);
  if (at === -1) return [];
  const from = Math.max(0, at - 4);
  const row = (name: string, bytes: Uint8Array) => {
    const part = bytes.subarray(from, from + 12);
    const text = [...part].map((b) =>
      b > 0x1f && b < 0x7f ? String.fromCharCode(b) : "."
    ).join("");
    return `${name}  ${hex(part).padEnd(35)}  ${text}`;
  };
  const name = Math.max(0, at - from);
  return [
    `they part at byte ${at}, counted from 0:`,
    row("expected", expected),
    row("received", received),
    `${" ".repeat(10 + 3 * name)}^^${" ".repeat(35 - 3 * name)}${
      " ".repeat(name)
    }^`,
  ];
}
