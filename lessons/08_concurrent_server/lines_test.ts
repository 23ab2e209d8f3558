import { assertEquals, assertRejects } from "@std/assert";
import { LineTooLongError, LONGEST, type Reader, readLines } from "./lines.ts";

/** Gives these bytes, at most so many at a time. */
function chunks(text: string, size = Infinity): Reader {
  let rest = new TextEncoder().encode(text);
  return {
    read(buffer) {
      if (rest.length === 0) return Promise.resolve(null);
      const part = rest.subarray(0, Math.min(size, buffer.length));
      buffer.set(part);
      rest = rest.subarray(part.length);
      return Promise.resolve(part.length);
    },
  };
}

/** The lines that come, and the error that ends them, where one does. */
async function linesOf(source: Reader): Promise<string[]> {
  return await Array.fromAsync(readLines(source));
}

Deno.test("readLines() gives the same lines whatever way they are cut", async () => {
  const text = "one\r\n\n\ufeff你好 \r\r\n😀\nthe rest";
  for (let size = 1; size <= 40; size++) {
    const lines = await linesOf(chunks(text, size));
    assertEquals(lines, ["one", "", "\ufeff你好 \r", "😀"]);
  }
});

Deno.test("readLines() gives many more bytes than it has room for", async () => {
  const lines = Array.from({ length: 300 }, (_, i) => "x".repeat(i * 10));
  const text = lines.map((line) => `${line}\n`).join("");
  for (const size of [1, 1000, Infinity]) {
    assertEquals(await linesOf(chunks(text, size)), lines);
  }
});

Deno.test("readLines() takes the longest line, with or without CR, and none longer", async () => {
  const longest = "ü".repeat(LONGEST / 2);
  for (const size of [1, 7, Infinity]) {
    assertEquals(await linesOf(chunks(`${longest}\n`, size)), [longest]);
    assertEquals(await linesOf(chunks(`${longest}\r\n`, size)), [longest]);
    for (const end of ["x", "x\n", "x\r\n", "\r\r\n", "\rx"]) {
      const lines = linesOf(chunks(`${longest}${end}`, size));
      await assertRejects(() => lines, LineTooLongError);
    }
  }
});

Deno.test("readLines() gives the lines before one that is too long", async () => {
  const found: string[] = [];
  await assertRejects(async () => {
    const source = chunks(`one\ntwo\n${"x".repeat(LONGEST + 1)}`);
    for await (const line of readLines(source)) found.push(line);
  }, LineTooLongError);
  assertEquals(found, ["one", "two"]);
});
