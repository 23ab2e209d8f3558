/**
 * The packets of TFTP (RFC 1350, and RFC 2347 for the options), from bytes and to bytes.
 *
 * @module
 */

/** Names and values that a request may carry, and an answer to it. The names are in small letters. */
export type Options = ReadonlyMap<string, string>;

/** One packet: a datagram with a meaning. */
export type Packet =
  /** Asks for a file, or announces one. */
  | {
    readonly kind: "read" | "write";
    readonly name: string;
    readonly mode: string;
    readonly options: Options;
  }
  /** A block of the file. */
  | {
    readonly kind: "data";
    readonly block: number;
    readonly bytes: Uint8Array;
  }
  /** Says which block has come. */
  | { readonly kind: "ack"; readonly block: number }
  /** Ends the transfer, and is never answered. */
  | { readonly kind: "error"; readonly code: number; readonly message: string }
  /** Says which options are taken. */
  | { readonly kind: "options"; readonly options: Options };

/** What stands in the first two bytes. */
const CODES = { read: 1, write: 2, data: 3, ack: 4, error: 5, options: 6 };

/** Makes the bytes of a packet. Of a block's number the last 16 bits go along: 65536 is 0 again. */
export function encode(packet: Packet): Uint8Array {
  switch (packet.kind) {
    case "read":
    case "write":
      return join(CODES[packet.kind], [
        ...texts(packet.name, packet.mode, ...[...packet.options].flat()),
      ]);
    case "data":
      return join(CODES.data, number(packet.block), packet.bytes);
    case "ack":
      return join(CODES.ack, number(packet.block));
    case "error":
      return join(CODES.error, number(packet.code), texts(packet.message));
    case "options":
      return join(CODES.options, texts(...[...packet.options].flat()));
  }
}

/** Reads a packet. @returns `undefined` where the bytes are none. */
export function decode(bytes: Uint8Array): Packet | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const second = view.getUint16(2);
  switch (view.getUint16(0)) {
    case CODES.read:
      return readRequest("read", bytes.subarray(2));
    case CODES.write:
      return readRequest("write", bytes.subarray(2));
    case CODES.data:
      return { kind: "data", block: second, bytes: bytes.slice(4) };
    case CODES.ack:
      return { kind: "ack", block: second };
    case CODES.error: {
      const [message = ""] = readTexts(bytes.subarray(4)) ?? [];
      return { kind: "error", code: second, message };
    }
    case CODES.options: {
      const words = readTexts(bytes.subarray(2));
      return words && { kind: "options", options: readOptions(words) };
    }
    default:
      return undefined;
  }
}

function readRequest(
  kind: "read" | "write",
  bytes: Uint8Array,
): Packet | undefined {
  const [name, mode, ...rest] = readTexts(bytes) ?? [];
  if (name === undefined || mode === undefined) return undefined;
  return { kind, name, mode: mode.toLowerCase(), options: readOptions(rest) };
}

function readOptions(words: readonly string[]): Options {
  const options = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) {
    options.set(words[i]?.toLowerCase() ?? "", words[i + 1] ?? "");
  }
  return options;
}

/** Texts that each end in a byte of 0. @returns `undefined` where the last one does not. */
function readTexts(bytes: Uint8Array): string[] | undefined {
  if (bytes.at(-1) !== 0) return undefined;
  return new TextDecoder().decode(bytes.subarray(0, -1)).split("\0");
}

function texts(...words: readonly string[]): Uint8Array {
  return new TextEncoder().encode(words.map((word) => `${word}\0`).join(""));
}

/** 16 bits, in network order. */
function number(value: number): Uint8Array {
  return Uint8Array.of((value >> 8) & 0xff, value & 0xff);
}

function join(
  code: number,
  ...parts: readonly ArrayLike<number>[]
): Uint8Array {
  const size = parts.reduce((sum, { length }) => sum + length, 2);
  const bytes = new Uint8Array(size);
  bytes[1] = code;
  let at = 2;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
