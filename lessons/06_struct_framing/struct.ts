/**
 * Python's `struct`: values into bytes and back, by a format.
 *
 * A format is a byte order and then codes: `"<i4s?"`. A count before a code
 * repeats it, so `3i` is `iii`; before `s` and `p` it is a length in bytes.
 * White space may stand between codes, not between a count and its code.
 *
 * | byte order   | bytes of a number           | sizes    | alignment |
 * | ------------ | --------------------------- | -------- | --------- |
 * | `@`, or none | least first                 | native   | native    |
 * | `=`, `<`     | least first                 | standard | none      |
 * | `>`, `!`     | most first: "network order" | standard | none      |
 *
 * Native is what C does on 64-bit Linux: `l`, `L`, `n` and `N` have 8 bytes,
 * and a number's offset is a multiple of its size.
 *
 * | code        | bytes                 | takes             | gives                        |
 * | ----------- | --------------------- | ----------------- | ---------------------------- |
 * | `x`         | 1                     | nothing           | nothing: it is a zero byte   |
 * | `c`         | 1                     | bytes, one        | `Uint8Array`                 |
 * | `b` `B`     | 1                     | an integer        | `number`                     |
 * | `?`         | 1                     | a boolean         | `boolean`                    |
 * | `h` `H`     | 2                     | an integer        | `number`                     |
 * | `i` `I`     | 4                     | an integer        | `number`                     |
 * | `l` `L`     | 4, native 8           | an integer        | `number`, native `bigint`    |
 * | `q` `Q`     | 8                     | an integer        | `bigint`                     |
 * | `n` `N`     | only native, 8        | an integer        | `bigint`                     |
 * | `e` `f` `d` | 2, 4, 8               | a number          | `number`                     |
 * | `s`         | its count             | bytes             | `Uint8Array`, zeros included |
 * | `p`         | its count, length too | bytes             | `Uint8Array`                 |
 *
 * A capital letter is unsigned. An integer is a `number` or a `bigint`; from
 * 2^53 on only a `bigint` has all its digits. `s` and `p` cut bytes that are
 * too many and fill up with zeros those that are too few.
 *
 * Source: Python's documentation, "struct: Interpret bytes as packed binary
 * data"; "network order" is RFC 1700's.
 *
 * @module
 */

/** What a code takes and gives. Text is bytes too: encode it first. */
export type StructValue = number | bigint | boolean | Uint8Array;

/** The format is not one, a value does not fit its code, or the bytes do not fit the format: Python's `struct.error`. */
export class StructError extends Error {
  /** `StructError`. */
  override name = "StructError";
}

/**
 * Packs values into bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pack } from "@lessons/06_struct_framing/struct.ts";
 *
 * assertEquals(pack("<i", 5), new Uint8Array([5, 0, 0, 0]));
 * assertEquals(pack("!i", 5), new Uint8Array([0, 0, 0, 5]));
 * assertEquals(pack("<h3s", -2, new Uint8Array([97])), new Uint8Array([254, 255, 97, 0, 0]));
 * ```
 *
 * @param format A byte order and codes.
 * @param values One for each code, repeated ones included; none for `x`.
 * @returns {@linkcode calcsize} bytes.
 * @throws {StructError} Where the format is not one, or the values do not fit it in number, type or range.
 */
export function pack(format: string, ...values: StructValue[]): Uint8Array {
  const { runs, size, littleEndian } = parse(format);
  const wanted = runs.reduce((sum, { times }) => sum + times, 0);
  if (values.length !== wanted) {
    throw new StructError(
      `"${format}" packs ${count(wanted, "value")}, not ${values.length}`,
    );
  }
  const bytes = new Uint8Array(size);
  let next = 0;
  for (const { kind, offset, width, times } of runs) {
    for (let i = 0; i < times; i++) {
      const field = new DataView(bytes.buffer, offset + i * width, width);
      kind.write(field, values[next++], littleEndian);
    }
  }
  return bytes;
}

/**
 * Unpacks values from bytes.
 *
 * Where the format stands in the source, the compiler knows what comes out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unpack } from "@lessons/06_struct_framing/struct.ts";
 *
 * const [length, last] = unpack("<i?", new Uint8Array([5, 0, 0, 0, 1]));
 * assertEquals(length + 1, 6);
 * assertEquals(last, true);
 * ```
 *
 * @param format A byte order and codes.
 * @param bytes Exactly {@linkcode calcsize} bytes.
 * @returns One value for each code, repeated ones included; none for `x`. Those that are bytes are copies.
 * @throws {StructError} Where the format is not one, or the bytes are too few or too many for it.
 */
export function unpack<Format extends string>(
  format: Format,
  bytes: Uint8Array,
): Unpacked<Format>;
export function unpack(format: string, bytes: Uint8Array): StructValue[] {
  const { runs, size, littleEndian } = parse(format);
  if (bytes.length !== size) {
    throw new StructError(
      `"${format}" unpacks ${count(size, "byte")}, not ${bytes.length}`,
    );
  }
  const values: StructValue[] = [];
  for (const { kind, offset, width, times } of runs) {
    for (let i = 0; i < times; i++) {
      const at = bytes.byteOffset + offset + i * width;
      const field = new DataView(bytes.buffer, at, width);
      values.push(kind.read(field, littleEndian));
    }
  }
  return values;
}

/**
 * The size of a format.
 *
 * Native alignment puts padding before a number and none after the last; a
 * count of 0 aligns and takes no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { calcsize } from "@lessons/06_struct_framing/struct.ts";
 *
 * assertEquals(calcsize("<bi"), 5);
 * assertEquals(calcsize("@bi"), 8); // 3 bytes of padding
 * assertEquals(calcsize("@ib"), 5);
 * assertEquals(calcsize("@ib0i"), 8);
 * ```
 *
 * @param format A byte order and codes.
 * @returns Bytes.
 * @throws {StructError} Where the format is not one, or its size is no safe integer.
 */
export function calcsize(format: string): number {
  return parse(format).size;
}

/** How the values of one code stand in bytes. */
interface Kind {
  /** Bytes of one value, and what native alignment makes its offset a multiple of. */
  readonly size: number;
  /** Writes a value into the bytes that are its own. */
  write(field: DataView, value: unknown, littleEndian: boolean): void;
  /** Reads the value of these bytes. */
  read(field: DataView, littleEndian: boolean): StructValue;
}

/** Values of one code, side by side. */
interface Run {
  readonly kind: Kind;
  /** Where the first one starts. */
  readonly offset: number;
  /** Bytes of each. */
  readonly width: number;
  /** How many. */
  readonly times: number;
}

interface Layout {
  readonly runs: readonly Run[];
  readonly size: number;
  readonly littleEndian: boolean;
}

function parse(format: string): Layout {
  const prefix = ORDERS[format.charAt(0)];
  const { kinds, littleEndian, isAligned } = prefix ?? NATIVE_ORDER;
  const codes = prefix === undefined ? format : format.slice(1);

  const runs: Run[] = [];
  let size = 0;
  for (const [item, digits = "", code = ""] of codes.matchAll(ITEM)) {
    if (WHITE_SPACE.test(item)) continue;
    if (code === "") {
      throw new StructError(`"${format}" ends in a count without a code`);
    }
    const kind = kinds[code];
    if (kind === undefined) throw notACode(code, format);

    const number = digits === "" ? 1 : Number(digits);
    const offset = isAligned ? Math.ceil(size / kind.size) * kind.size : size;
    size = offset + number * kind.size;
    if (code === "s" || code === "p") { // one value, and its count is a length
      runs.push({ kind, offset, width: number, times: 1 });
    } else if (code !== "x") {
      runs.push({ kind, offset, width: kind.size, times: number });
    }
  }
  if (!Number.isSafeInteger(size)) {
    throw new StructError(`"${format}" is too long`);
  }
  return { runs, size, littleEndian };
}

/** A code with the count before it, if any; or a count that nothing follows. */
const ITEM = /(\d*)(\D)|\d+/gu;

/** What C calls a space. */
const WHITE_SPACE = /^[ \t\n\v\f\r]$/;

function notACode(code: string, format: string): StructError {
  const why = code in NATIVE ? ": it has only a native size" : "";
  return new StructError(`'${code}' in "${format}" is not a code${why}`);
}

/** What `DataView` reads and writes: bytes, and the range of the value, both ends included. */
const INTEGERS = {
  Int8: { size: 1, low: -(2 ** 7), high: 2 ** 7 - 1 },
  Uint8: { size: 1, low: 0, high: 2 ** 8 - 1 },
  Int16: { size: 2, low: -(2 ** 15), high: 2 ** 15 - 1 },
  Uint16: { size: 2, low: 0, high: 2 ** 16 - 1 },
  Int32: { size: 4, low: -(2 ** 31), high: 2 ** 31 - 1 },
  Uint32: { size: 4, low: 0, high: 2 ** 32 - 1 },
} as const;

const BIG_INTEGERS = {
  BigInt64: { size: 8, low: -(2n ** 63n), high: 2n ** 63n - 1n },
  BigUint64: { size: 8, low: 0n, high: 2n ** 64n - 1n },
} as const;

const FLOATS = {
  Float16: { size: 2, high: 65504 },
  Float32: { size: 4, high: (2 - 2 ** -23) * 2 ** 127 },
  Float64: { size: 8, high: Number.MAX_VALUE },
} as const;

function integer(code: string, type: keyof typeof INTEGERS): Kind {
  const { size, low, high } = INTEGERS[type];
  return {
    size,
    write(field, value, littleEndian) {
      const number = toInteger(code, value, low, high);
      field[`set${type}`](0, Number(number), littleEndian);
    },
    read: (field, littleEndian) => field[`get${type}`](0, littleEndian),
  };
}

function bigInteger(code: string, type: keyof typeof BIG_INTEGERS): Kind {
  const { size, low, high } = BIG_INTEGERS[type];
  return {
    size,
    write(field, value, littleEndian) {
      const number = toInteger(code, value, low, high);
      field[`set${type}`](0, BigInt(number), littleEndian);
    },
    read: (field, littleEndian) => field[`get${type}`](0, littleEndian),
  };
}

function float(
  code: string,
  type: keyof typeof FLOATS,
  tooLarge: "error" | "infinity" = "error",
): Kind {
  const { size, high } = FLOATS[type];
  return {
    size,
    write(field, value, littleEndian) {
      const number = toNumber(code, value);
      field[`set${type}`](0, number, littleEndian);
      const stored = field[`get${type}`](0, littleEndian); // rounded, perhaps to infinity
      if (
        tooLarge === "error" && Number.isFinite(number) &&
        !Number.isFinite(stored)
      ) throw outOfRange(code, -high, high);
    },
    read: (field, littleEndian) => field[`get${type}`](0, littleEndian),
  };
}

const BOOL: Kind = {
  size: 1,
  write: (field, value) => field.setUint8(0, isTrue(value) ? 1 : 0),
  read: (field) => field.getUint8(0) !== 0,
};

const CHAR: Kind = {
  size: 1,
  write(field, value) {
    const bytes = toBytes("c", value);
    if (bytes.length !== 1) {
      throw new StructError(`'c' needs 1 byte, not ${bytes.length}`);
    }
    bytesOf(field).set(bytes);
  },
  read: (field) => bytesOf(field).slice(),
};

const STRING: Kind = {
  size: 1,
  write(field, value) {
    const room = bytesOf(field);
    room.set(toBytes("s", value).subarray(0, room.length));
  },
  read: (field) => bytesOf(field).slice(),
};

/** A Pascal string: its length in the first byte. */
const PASCAL: Kind = {
  size: 1,
  write(field, value) {
    const bytes = toBytes("p", value);
    const room = bytesOf(field);
    const text = bytes.subarray(0, Math.max(0, room.length - 1));
    room.fill(Math.min(text.length, 255), 0, 1); // as Python: a longer text is there all the same
    room.set(text, Math.min(1, room.length));
  },
  read(field) {
    const [length = 0] = bytesOf(field);
    return bytesOf(field).slice(1, 1 + length);
  },
};

/** A byte that no value stands for. */
const PADDING: Kind = { size: 1, write() {}, read: () => new Uint8Array() };

type Kinds = Readonly<Record<string, Kind>>;

const STANDARD: Kinds = {
  "x": PADDING,
  "c": CHAR,
  "b": integer("b", "Int8"),
  "B": integer("B", "Uint8"),
  "?": BOOL,
  "h": integer("h", "Int16"),
  "H": integer("H", "Uint16"),
  "i": integer("i", "Int32"),
  "I": integer("I", "Uint32"),
  "l": integer("l", "Int32"),
  "L": integer("L", "Uint32"),
  "q": bigInteger("q", "BigInt64"),
  "Q": bigInteger("Q", "BigUint64"),
  "e": float("e", "Float16"),
  "f": float("f", "Float32"),
  "d": float("d", "Float64"),
  "s": STRING,
  "p": PASCAL,
};

/** Where C differs: `long` and `size_t` have 8 bytes, and a `double` too large for a `float` becomes infinity. */
const NATIVE: Kinds = {
  ...STANDARD,
  "l": bigInteger("l", "BigInt64"),
  "L": bigInteger("L", "BigUint64"),
  "n": bigInteger("n", "BigInt64"),
  "N": bigInteger("N", "BigUint64"),
  "f": float("f", "Float32", "infinity"),
};

interface Order {
  readonly kinds: Kinds;
  readonly littleEndian: boolean;
  readonly isAligned: boolean;
}

const NATIVE_ORDER: Order = {
  kinds: NATIVE,
  littleEndian: true,
  isAligned: true,
};

const ORDERS: Readonly<Record<string, Order>> = {
  "@": NATIVE_ORDER,
  "=": { kinds: STANDARD, littleEndian: true, isAligned: false },
  "<": { kinds: STANDARD, littleEndian: true, isAligned: false },
  ">": { kinds: STANDARD, littleEndian: false, isAligned: false },
  "!": { kinds: STANDARD, littleEndian: false, isAligned: false },
};

function toInteger(
  code: string,
  value: unknown,
  low: number | bigint,
  high: number | bigint,
): number | bigint {
  const number = typeof value === "boolean" ? Number(value) : value;
  if (typeof number !== "bigint" && !isInteger(number)) {
    throw new StructError(`'${code}' needs an integer, not ${describe(value)}`);
  }
  if (number < low || number > high) throw outOfRange(code, low, high);
  if (typeof number === "number" && !Number.isSafeInteger(number)) {
    throw new StructError(
      `'${code}' needs a bigint beyond 2^53: the number ${number} may have lost digits`,
    );
  }
  return number;
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function toNumber(code: string, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
    throw outOfRange(code, -Number.MAX_VALUE, Number.MAX_VALUE);
  }
  throw new StructError(`'${code}' needs a number, not ${describe(value)}`);
}

function toBytes(code: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new StructError(
    `'${code}' needs bytes (a Uint8Array), not ${describe(value)}`,
  );
}

/** Truth as Python has it: no zero is true, and no empty bytes; not-a-number is. */
function isTrue(value: unknown): boolean {
  if (value instanceof Uint8Array) return value.length > 0;
  return Boolean(value) || Number.isNaN(value);
}

function bytesOf(field: DataView): Uint8Array {
  return new Uint8Array(field.buffer, field.byteOffset, field.byteLength);
}

function outOfRange(
  code: string,
  low: number | bigint,
  high: number | bigint,
): StructError {
  return new StructError(`'${code}' needs ${low} <= number <= ${high}`);
}

function describe(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return `${value}`;
  if (value instanceof Uint8Array) return "bytes";
  return `a value of type ${typeof value}`;
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** What each code gives where sizes are standard. */
export type StandardValues =
  & Record<"c", Uint8Array>
  & Record<"?", boolean>
  & Record<"b" | "B" | "h" | "H" | "i" | "I" | "l" | "L", number>
  & Record<"q" | "Q", bigint>
  & Record<"e" | "f" | "d", number>;

/** What each code gives where sizes are native. */
export type NativeValues =
  & Omit<StandardValues, "l" | "L">
  & Record<"l" | "L" | "n" | "N", bigint>;

/**
 * What {@linkcode unpack} gives for a format that stands in the source:
 * `[number, boolean]` for `"<i?"`, `[number, ...number[]]` for `"<i3h"`, since
 * a type does not count. For a format that only the running program knows it
 * is `StructValue[]`.
 */
export type Unpacked<Format extends string> = string extends Format
  ? StructValue[]
  : Format extends `@${infer Codes}` ? UnpackedCodes<Codes, NativeValues>
  : Format extends `${"=" | "<" | ">" | "!"}${infer Codes}`
    ? UnpackedCodes<Codes, StandardValues>
  : UnpackedCodes<Format, NativeValues>;

/** What codes without a byte order give, from left to right. */
export type UnpackedCodes<
  Codes extends string,
  Values,
  Count extends string = "",
> = Codes extends `${infer Code}${infer Rest}`
  ? Code extends Digit ? UnpackedCodes<Rest, Values, `${Count}${Code}`>
  : Code extends "s" | "p" ? [Uint8Array, ...UnpackedCodes<Rest, Values>]
  : Code extends keyof Values
    ? Count extends "" ? [Values[Code], ...UnpackedCodes<Rest, Values>]
    : [...Values[Code][], ...UnpackedCodes<Rest, Values>]
  : UnpackedCodes<Rest, Values> // x, or white space
  : [];

/** A digit of a count. */
export type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
