import { assertEquals } from "@std/assert";
import { firstDifference, quote, showDifference, toBytes } from "./bytes.ts";
import { frame } from "./frames.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("quote() shows text, control characters and the size", () => {
  assertEquals(quote("hello\r\n"), String.raw`"hello\r\n" (7 bytes)`);
  assertEquals(quote("你好"), '"你好" (6 bytes)');
  assertEquals(quote("\x1b[2J"), String.raw`"\u001b[2J" (4 bytes)`);
  assertEquals(quote("\u202e"), String.raw`"\u202e" (3 bytes)`);
  assertEquals(quote('say "x" \\'), String.raw`'say "x" \\' (9 bytes)`);
  assertEquals(quote(`it's "x"`), String.raw`"it's \"x\"" (8 bytes)`);
  assertEquals(quote(""), "nothing (0 bytes)");
});

Deno.test("quote() cuts long text and shows bytes that are no text as hex", () => {
  assertEquals(quote("x".repeat(1000)), `"${"x".repeat(60)}…" (1000 bytes)`);
  assertEquals(quote(new Uint8Array([255, 0])), "the bytes ff 00 (2 bytes)");
  assertEquals(
    quote(new Uint8Array(20).fill(0x80)),
    `the bytes ${"80 ".repeat(16)}… (20 bytes)`,
  );
});

Deno.test("quote() shows frames by their lengths, a cut or false one too", () => {
  const after = (bytes: Uint8Array | string) =>
    new Uint8Array([...frame('{"a":1}'), ...toBytes(bytes)]);
  assertEquals(quote(frame("")), "[length 0] (4 bytes)");
  assertEquals(quote(frame("a\n", 5)), String.raw`[length 5] a\n (6 bytes)`);
  for (
    const [bytes, shown] of [
      [frame("", -1), '[length 7] {"a":1} [length -1] (15 bytes)'],
      [
        frame("", 2 ** 31 - 1),
        '[length 7] {"a":1} [length 2147483647] (15 bytes)',
      ],
      [frame("é").subarray(0, 3), '[length 7] {"a":1} [length…] (14 bytes)'],
      ["hello", '[length 7] {"a":1} hello (16 bytes)'],
      ["x".repeat(99), `[length 7] {"a":1} ${"x".repeat(41)}… (110 bytes)`],
    ] as const
  ) assertEquals(quote(after(bytes)), shown);
});

Deno.test("quote() takes no text for a frame, nor one with zeros behind it", () => {
  assertEquals(
    quote("x\0\0\0\0"),
    String.raw`"x\u0000\u0000\u0000\u0000" (5 bytes)`,
  );
  assertEquals(quote("abc\0"), String.raw`"abc\u0000" (4 bytes)`);
});

Deno.test("firstDifference() finds the first byte that differs or is missing", () => {
  assertEquals(firstDifference(bytes("abc"), bytes("abc")), -1);
  assertEquals(firstDifference(bytes("abc"), bytes("axc")), 1);
  assertEquals(firstDifference(bytes("abc"), bytes("ab")), 2);
  assertEquals(firstDifference(bytes(""), bytes("a")), 0);
});

Deno.test("showDifference() marks the first byte that differs in hex and in text", () => {
  assertEquals(showDifference(bytes("six bytes"), bytes("six bites")), [
    "they part at byte 5, counted from 0:",
    "expected  69 78 20 62 79 74 65 73              ix bytes",
    "received  69 78 20 62 69 74 65 73              ix bites",
    "                      ^^                           ^",
  ]);
  assertEquals(showDifference(bytes("a"), bytes("a")), []);
});
