import {
  assertEquals,
  assertLessOrEqual,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { Random } from "../../kit/random.ts";
import { LineReader, LineTooLongError, type Reader } from "./line_reader.ts";

const MiB = 1024 * 1024;

/** A stream of these bytes in chunks of these sizes; the last size serves for the rest. */
class Chunks implements Reader {
  reads = 0;
  /** The largest memory behind a buffer that a read brought, in bytes. */
  room = 0;
  readonly #bytes: Uint8Array;
  readonly #sizes: readonly number[];
  #offset = 0;

  constructor(data: string | Uint8Array, ...sizes: number[]) {
    this.#bytes = typeof data === "string"
      ? new TextEncoder().encode(data)
      : data;
    this.#sizes = sizes;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    const size = this.#sizes[this.reads] ?? this.#sizes.at(-1) ?? Infinity;
    this.reads++;
    this.room = Math.max(this.room, buffer.buffer.byteLength);
    const end = this.#offset + Math.min(size, buffer.length);
    const part = this.#bytes.subarray(this.#offset, end);
    buffer.set(part);
    this.#offset += part.length;
    return Promise.resolve(part.length === 0 ? null : part.length);
  }
}

async function readAll(reader: LineReader): Promise<string[]> {
  const lines: string[] = [];
  let line = await reader.readLine();
  while (line !== null) {
    lines.push(line);
    line = await reader.readLine();
  }
  return lines;
}

const cases: [what: string, text: string, lines: string[]][] = [
  ["LF ends a line", "a\nbc\n", ["a", "bc"]],
  ["a last line without LF", "a\nbc", ["a", "bc"]],
  ["nothing", "", []],
  ["empty lines", "\n\na\n\n", ["", "", "a", ""]],
  ["CR LF", "a\r\n\r\nb\r\n", ["a", "", "b"]],
  ["one CR of two", "a\r\r\n", ["a\r"]],
  ["a CR elsewhere", "a\rb\n\rc\n", ["a\rb", "\rc"]],
  ["a last line that ends in CR", "a\nb\r", ["a", "b\r"]],
  ["a lone CR", "\r", ["\r"]],
  ["characters of 1 to 4 bytes", "aé你🦕\n🦕你éa", ["aé你🦕", "🦕你éa"]],
  ["byte order marks", "\ufeffa\n\ufeff\n", ["\ufeffa", "\ufeff"]],
];

for (const [what, text, lines] of cases) {
  Deno.test(`readLine is right about ${what}, cut anywhere`, async () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 100]) {
      const reader = new LineReader(new Chunks(text, size));
      assertEquals(await readAll(reader), lines, `chunks of ${size} bytes`);
      assertStrictEquals(await reader.readLine(), null);
    }
  });
}

Deno.test("readLine gives what the text has, whatever text and chunks are like", async () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const pieces = random.pick([
      "aé\n",
      "你🦕\r\n",
      "a\r\n\n",
      "aaaaaaaaaaaaaa\n",
    ]);
    const text = Array.from(
      { length: random.between(0, 400) },
      () => random.pick([...pieces]),
    ).join("");
    const sizes = Array.from({ length: 500 }, () => random.between(1, 20));
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop(); // what follows the last LF is no line
    const reader = new LineReader(new Chunks(text, ...sizes), {
      maxLength: 2000,
    });
    assertEquals(await readAll(reader), lines, `seed ${seed}`);
  }
});

Deno.test("readLine replaces bytes that are no UTF-8, and goes on", async () => {
  const bytes = new Uint8Array([0x61, 0xff, 0x0a, 0xe4, 0xbd, 0x0a, 0x62]);
  const reader = new LineReader(new Chunks(bytes, 1));
  assertEquals(await readAll(reader), ["a\ufffd", "\ufffd", "b"]);
});

Deno.test("readLine takes a line of exactly the limit, and not one byte more", async () => {
  for (const [options, limit] of [[{}, MiB], [{ maxLength: 9 }, 9]] as const) {
    for (const end of ["\n", ""]) {
      for (const size of [7000, 65_536]) {
        const longest = "x".repeat(limit) + end;
        const chunks = new Chunks("a\n" + longest, size);
        const reader = new LineReader(chunks, options);
        assertEquals(await reader.readLine(), "a");
        assertEquals((await reader.readLine())?.length, limit);
        assertStrictEquals(await reader.readLine(), null);

        const tooLong = new LineReader(
          new Chunks("x" + longest, size),
          options,
        );
        const error = await assertRejects(
          () => tooLong.readLine(),
          LineTooLongError,
          `line longer than ${limit} bytes`,
        );
        assertEquals(error.maxLength, limit);
      }
    }
  }
});

Deno.test("readLine counts a CR before the LF", async () => {
  const reader = new LineReader(new Chunks("abc\r\nabcd\r\n"), {
    maxLength: 4,
  });
  assertEquals(await reader.readLine(), "abc");
  await assertRejects(() => reader.readLine(), LineTooLongError);
});

Deno.test("a line of 0 bytes is the only one where the limit is 0", async () => {
  const reader = new LineReader(new Chunks("\n\na"), { maxLength: 0 });
  assertEquals(await reader.readLine(), "");
  assertEquals(await reader.readLine(), "");
  await assertRejects(() => reader.readLine(), LineTooLongError);
});

Deno.test("the reader gives no line after one that is too long, and reads no more", async () => {
  const chunks = new Chunks("aaaa\nb\n".repeat(100), 10);
  const reader = new LineReader(chunks, { maxLength: 3 });
  await assertRejects(() => reader.readLine(), LineTooLongError);
  const { reads } = chunks;
  await assertRejects(() => reader.readLine(), LineTooLongError);
  assertThrows(() => reader.takeLine(), LineTooLongError);
  assertEquals(chunks.reads, reads);
});

Deno.test("the reader never stores more than the limit and one chunk", async () => {
  const chunk = 64 * 1024;
  for (const maxLength of [0, 100, chunk, MiB]) {
    const endless = new Chunks(new Uint8Array(MiB + 2 * chunk).fill(0x61));
    const reader = new LineReader(endless, { maxLength });
    await assertRejects(() => reader.readLine(), LineTooLongError);
    assertLessOrEqual(endless.room, maxLength + chunk);
    assertLessOrEqual((endless.reads - 1) * chunk, maxLength); // it stops as soon as it can know
  }
});

Deno.test("takeLine gives the lines that are here, and never reads", async () => {
  const chunks = new Chunks("a\nb\n\nc", 100);
  const reader = new LineReader(chunks);
  assertEquals(reader.takeLine(), undefined);
  assertEquals(chunks.reads, 0);
  assertEquals(await reader.readLine(), "a");
  assertEquals(reader.takeLine(), "b");
  assertEquals(reader.takeLine(), "");
  assertEquals(reader.takeLine(), undefined);
  assertEquals(chunks.reads, 1);
  assertEquals(await reader.readLine(), "c");
  assertEquals(reader.takeLine(), undefined);
});

Deno.test("an error of the stream passes through, and what has come stays", async () => {
  let isBroken = false;
  const chunks = new Chunks("abc\n", 2);
  const reader = new LineReader({
    read(buffer) {
      isBroken = !isBroken;
      return isBroken ? chunks.read(buffer) : Promise.reject(new Error("oh"));
    },
  });
  await assertRejects(() => reader.readLine(), Error, "oh");
  assertEquals(await reader.readLine(), "abc");
});
