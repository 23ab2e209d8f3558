import { assert, assertEquals, assertThrows } from "@std/assert";
import { findPython, python } from "../../kit/python.ts";
import { Random } from "../../kit/random.ts";
import {
  calcsize,
  pack,
  StructError,
  type StructValue,
  unpack,
} from "./struct.ts";

const oracle = new URL(
  "../../tests/python/06_struct_framing/",
  import.meta.url,
);

/** What is asked of both: values to pack, or bytes to unpack, as hex. Values are text, `int 5`. */
interface Question {
  format: string;
  values?: string[];
  bytes?: string;
}

/** What one of them says; what is an error is left out. */
interface Answer extends Question {
  size?: number;
  packed?: string;
  unpacked?: string[];
}

Deno.test("struct agrees with the stored answers of Python", async () => {
  const file = new URL("struct_vectors.jsonl", oracle);
  const answers = parseLines(await Deno.readTextFile(file));
  assert(answers.length > 900);
  for (const python of answers) assertAgrees(python);
});

const isComparable = findPython() !== undefined &&
  Deno.build.os !== "windows"; // there a C long has 4 bytes

Deno.test({
  name: `struct agrees with Python on random formats and values${
    isComparable ? "" : " (skipped: python3 was not found)"
  }`,
  ignore: !isComparable,
  async fn() {
    const random = new Random(20_060);
    const questions = Array.from({ length: 12_000 }, () => ask(random));
    const oracleRun = new Deno.Command(python(), {
      args: ["struct_oracle.py", "--answer"],
      cwd: oracle,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const text = questions.map((question) => JSON.stringify(question) + "\n");
    const [{ stdout, success }] = await Promise.all([
      oracleRun.output(),
      ReadableStream.from([new TextEncoder().encode(text.join(""))])
        .pipeTo(oracleRun.stdin),
    ]);
    assert(success, "Python failed");
    const answers = parseLines(new TextDecoder().decode(stdout));
    assertEquals(answers.length, questions.length);
    for (const answer of answers) assertAgrees(answer, `seed ${random.seed}`);
    const packed = answers.filter(({ packed }) => packed !== undefined).length;
    assert(packed > answers.length / 2, "most of them should be no errors");
  },
});

Deno.test("struct errors name the code and what it needs", () => {
  const says = (message: string, fn: () => unknown) =>
    assertEquals(assertThrows(fn, StructError).message, message);
  says(
    "'i' needs -2147483648 <= number <= 2147483647",
    () => pack("<i", 2 ** 31),
  );
  says(
    "'q' needs -9223372036854775808 <= number <= 9223372036854775807",
    () => pack("<q", 2n ** 63n),
  );
  says("'l' needs -2147483648 <= number <= 2147483647", () => pack("=l", 1e10));
  says("'e' needs -65504 <= number <= 65504", () => pack("e", 70000));
  says(
    "'f' needs -3.4028234663852886e+38 <= number <= 3.4028234663852886e+38",
    () => pack("<f", 1e300),
  );
  says("'i' needs an integer, not 1.5", () => pack("i", 1.5));
  says("'i' needs an integer, not NaN", () => pack("i", NaN));
  says("'d' needs a number, not bytes", () => pack("d", new Uint8Array(8)));
  says("'s' needs bytes (a Uint8Array), not 5", () => pack("s", 5));
  says("'c' needs 1 byte, not 2", () => pack("c", new Uint8Array(2)));
  says('"<2i" packs 2 values, not 1', () => pack("<2i", 1));
  says('"<i" unpacks 4 bytes, not 3', () => unpack("<i", new Uint8Array(3)));
  says("'z' in \"<iz\" is not a code", () => calcsize("<iz"));
  says("' ' in \"2 i\" is not a code", () => calcsize("2 i"));
  says(
    "'n' in \"<n\" is not a code: it has only a native size",
    () => calcsize("<n"),
  );
  says('"<i3" ends in a count without a code', () => calcsize("<i3"));
  says('"9007199254740992x" is too long', () => calcsize("9007199254740992x"));
});

Deno.test("pack refuses a number that has lost digits, and takes a bigint that has not", () => {
  assertThrows(() => pack("<q", 2 ** 53), StructError, "needs a bigint");
  assertEquals(pack("<q", 2 ** 53 - 1), pack("<q", 2n ** 53n - 1n));
  assertEquals(unpack("<q", pack("<q", 2n ** 53n + 1n)), [2n ** 53n + 1n]);
});

Deno.test("unpack gives the types that the format promises", () => {
  const bytes = pack("<i?q2h3s x", 5, true, 7n, 1, 2, new Uint8Array([97]));
  const [a, b, c, ...rest] = unpack("<i?q2h3s x", bytes);
  // The compiler knows these types: this file would not pass its check without them.
  const sum: number = a + 1;
  const not: boolean = !b;
  const big: bigint = c + 1n;
  assertEquals([sum, not, big], [6, false, 8n]);
  assertEquals(rest, [1, 2, new Uint8Array([97, 0, 0])]);

  const [long]: [bigint] = unpack("l", new Uint8Array(8));
  const [standardLong]: [number] = unpack("<l", new Uint8Array(4));
  assertEquals([long, standardLong], [0n, 0]);

  const format: string = "h";
  const values: StructValue[] = unpack(format, new Uint8Array(2));
  assertEquals(values, [0]);
});

Deno.test("unpack reads a part of a larger buffer, and copies the bytes that it gives", () => {
  const buffer = new Uint8Array([9, 9, 5, 0, 97, 98, 1, 99, 100, 9]);
  const [number, ...parts] = unpack("<h2s2pc", buffer.subarray(2, 9));
  buffer.fill(0);
  assertEquals(number, 5);
  assertEquals(parts.map((part) => [...part]), [[97, 98], [99], [100]]);
});

Deno.test("p of no bytes is no bytes", () => {
  // Not among the vectors: some versions of Python fail here.
  assertEquals(pack("0p", new Uint8Array([97])), new Uint8Array());
  assertEquals(unpack("0p", new Uint8Array()), [new Uint8Array()]);
});

function assertAgrees(python: Answer, hint = ""): void {
  const { format, values, bytes } = python;
  const ours: Answer = { format };
  if (values !== undefined) ours.values = values;
  if (bytes !== undefined) ours.bytes = bytes;

  const size = attempt(() => calcsize(format));
  if (size !== undefined) ours.size = size;
  const packed = values && attempt(() => pack(format, ...values.map(decode)));
  if (packed !== undefined) ours.packed = packed.toHex();
  const data = bytes === undefined ? packed : Uint8Array.fromHex(bytes);
  const unpacked = data && attempt(() => unpack(format, data));
  if (unpacked !== undefined) ours.unpacked = unpacked.map(show);

  const theirs = { ...python };
  if (theirs.unpacked) theirs.unpacked = theirs.unpacked.map(decode).map(show);
  assertEquals(ours, theirs, hint);
}

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn();
  } catch (error) {
    if (error instanceof StructError) return undefined;
    throw error;
  }
}

function parseLines(text: string): Answer[] {
  return text.trimEnd().split(/\r?\n/).map((line) => JSON.parse(line));
}

/** A value as text in which only its value counts, not which of its types Python has. */
function show(value: StructValue): string {
  if (value instanceof Uint8Array) return `bytes ${value.toHex()}`;
  return Object.is(value, -0) ? "-0" : String(value);
}

/** `int 5` as a value. */
function decode(text: string): StructValue {
  const [type = "", value = ""] = text.split(" ");
  switch (type) {
    case "int":
      return Number.isSafeInteger(Number(value))
        ? Number(value)
        : BigInt(value);
    case "float":
      return Number(value.replace("inf", "Infinity"));
    case "bool":
      return value === "True";
    case "bytes":
      return Uint8Array.fromHex(value);
    default:
      throw new Error(`no such value: ${text}`);
  }
}

/** A random question. A few are wrong: beyond a range, of a wrong size, no format. */
function ask(random: Random): Question {
  const order = random.pick(["", "@", "=", "<", ">", "!"]);
  const isNative = order === "" || order === "@";
  const codes = "xcbB?hHiIlLqQefdsp" + (isNative ? "nN" : "");
  const values: string[] = [];
  let format = order;
  for (let items = random.between(0, 6); items > 0; items--) {
    const code = random.oneIn(150) ? "n" : random.pick([...codes]);
    // No "0p": some versions of Python fail at it.
    const count = random.oneIn(2) ? random.between(code === "p" ? 1 : 0, 5) : 1;
    format += count === 1 && random.oneIn(2) ? code : `${count}${code}`;
    if (random.oneIn(5)) format += random.pick([" ", "\t", "\n"]);
    const takes = code === "x" ? 0 : "sp".includes(code) ? 1 : count;
    for (let i = 0; i < takes; i++) {
      values.push(valueFor(code, isNative, random));
    }
  }
  if (random.oneIn(50)) format += random.pick(["3", "z", "2 b", "@"]);
  if (random.oneIn(50)) values.push("int 1");

  const size = attempt(() => calcsize(format));
  if (size === undefined || !random.oneIn(4)) return { format, values };
  const length = random.oneIn(20) ? size + 1 : size;
  return { format, bytes: random.bytes(length).toHex() };
}

function valueFor(code: string, isNative: boolean, random: Random): string {
  if (random.oneIn(100)) return random.pick(["int 1", "float 0.5", "bytes 61"]);
  switch (code) {
    case "c":
      return `bytes ${random.bytes(1).toHex()}`;
    case "s":
    case "p":
      return `bytes ${random.bytes(random.between(0, 7)).toHex()}`;
    case "?":
      return random.pick(["bool True", "bool False", "int 2", "float 0.0"]);
    case "e":
    case "f":
    case "d":
      return random.oneIn(5)
        ? `int ${random.between(-70_000, 70_000)}`
        : `float ${floatFor(code, random)}`;
    default:
      return `int ${integerFor(code, isNative, random)}`;
  }
}

function floatFor(code: string, random: Random): number {
  const bits = random.bytes(8);
  const [any = 0] = unpack("<d", bits);
  const [half = 0] = unpack("<e", bits.subarray(0, 2));
  const [single = 0] = unpack("<f", bits.subarray(0, 4));
  const near = code === "e" ? half : code === "f" ? single : any;
  if (random.oneIn(30)) return any; // mostly out of range
  return random.pick([
    near,
    near * (1 + random.between(-8, 8) * 2 ** -13),
    0.1,
  ]);
}

function integerFor(code: string, isNative: boolean, random: Random): bigint {
  const size = { b: 1, h: 2, i: 4, l: isNative ? 8 : 4 }[code.toLowerCase()];
  const bits = 8 * (size ?? 8);
  const isSigned = code === code.toLowerCase();
  const low = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  const high = low + 2n ** BigInt(bits) - 1n;
  if (random.oneIn(100)) return random.pick([low - 1n, high + 1n]);
  if (random.oneIn(5)) return random.pick([low, high]);
  const [any = 0n] = unpack("<Q", random.bytes(8));
  return low + BigInt.asUintN(random.between(1, bits), any);
}
