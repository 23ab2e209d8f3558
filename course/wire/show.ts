/**
 * Bytes and texts as they stand in a ladder: on one line, as wide as allowed,
 * and harmless to a terminal.
 *
 * @module
 */
import stringWidth from "string-width";
import { hex } from "../../kit/bytes.ts";

/** More bytes than any line has room for. */
const ENOUGH = 320;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const ESCAPES: Readonly<Record<number, string>> = {
  9: "\\t",
  10: "\\n",
  13: "\\r",
};

/** How many columns a text takes on a terminal. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** The mark of a write: ① to ㊿, then (51). */
export function markOf(number: number): string {
  if (number <= 20) return String.fromCodePoint(0x2460 + number - 1);
  if (number <= 35) return String.fromCodePoint(0x3251 + number - 21);
  if (number <= 50) return String.fromCodePoint(0x32b1 + number - 36);
  return `(${number})`;
}

/**
 * Bytes as text where they are text, and as hex between ‹ and › where they are not.
 *
 * A line end alone is `\n`; beside other bytes that are no text it is one of
 * them. A space at either end is `␣`, so that it can be seen.
 */
export function showBytes(bytes: Uint8Array): string {
  const part = bytes.subarray(0, ENOUGH);
  let shown = "";
  for (let i = 0; i < part.length;) {
    const character = readCharacter(part, i);
    if (character !== undefined) {
      shown += character;
      i += lengthOf(part[i] ?? 0);
      continue;
    }
    const from = i;
    while (i < part.length && readCharacter(part, i) === undefined) i++;
    shown += showOdd(part.subarray(from, i));
  }
  const seen = shown.replace(/^ | $/g, "␣");
  return bytes.length > ENOUGH ? `${seen}…` : seen;
}

/** The printable character at a place in UTF-8, or `undefined`. */
function readCharacter(bytes: Uint8Array, at: number): string | undefined {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) { // most are ASCII, and a decoder takes long for one
    return lead < 0x20 || lead === 0x7f ? undefined : String.fromCharCode(lead);
  }
  try {
    const character = utf8.decode(bytes.subarray(at, at + lengthOf(lead)));
    return isPrintable(character) ? character : undefined;
  } catch {
    return undefined;
  }
}

/** How many bytes a character has in UTF-8, by its first. */
function lengthOf(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function showOdd(bytes: Uint8Array): string {
  const escapes = [...bytes].map((byte) => ESCAPES[byte]);
  return escapes.includes(undefined) ? `‹${hex(bytes)}›` : escapes.join("");
}

function isPrintable(character: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(character);
}

/** A text with what a terminal would obey made visible. */
export function showText(text: string): string {
  return [...text.slice(0, 4 * ENOUGH)].map((character) => {
    if (isPrintable(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    return ESCAPES[code] ?? `‹${code.toString(16).padStart(2, "0")}›`;
  }).join("");
}

/** A text of at most so many columns; `…` stands for what is left out. */
export function clip(text: string, most: number): string {
  if (columns(text) <= most) return text;
  let clipped = "";
  let width = 0;
  for (const character of text) {
    width += columns(character);
    if (width > most - 1) break;
    clipped += character;
  }
  return most > 0 ? closeHex(clipped) ?? `${clipped}…` : "";
}

/** A text that ends inside of `‹00 00 00›`, ended behind a whole byte or before all of them; `undefined` for any other. */
function closeHex(text: string): string | undefined {
  const [part = "", bytes = ""] =
    /‹((?:[0-9a-f]{2} )*)[0-9a-f]{0,2}$/.exec(text) ?? [];
  if (part === "") return undefined;
  const before = text.slice(0, -part.length);
  // What is cut off behind the last whole byte may leave no room for the closing sign.
  const isRoomy = part.length > bytes.length + 1;
  const whole = isRoomy ? bytes : bytes.slice(0, -3);
  return whole === "" ? `${before}…` : `${before}‹${whole}…›`;
}
