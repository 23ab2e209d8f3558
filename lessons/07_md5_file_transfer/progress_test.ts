import { assert, assertEquals } from "@std/assert";
import { Progress, progressLine } from "./progress.ts";

const MIB = 1024 * 1024;

Deno.test("progressLine() tells percentage, bytes, rate and time left", () => {
  assertEquals(
    progressLine(256 * MIB, 1024 * MIB, 2),
    " 25 %  [#####...............]  256.0 of 1024.0 MiB  128.0 MiB/s  6 s left",
  );
  assertEquals(
    progressLine(0, 0, 0),
    "100 %  [####################]  0.0 of 0.0 MiB  0.0 MiB/s  - left",
  );
});

Deno.test("progressLine() fits a terminal of 80 columns, however much there is", () => {
  for (const total of [0, 1, MIB, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    for (const seconds of [0, 0.001, 1, 1e6, 1e9]) {
      for (const part of [0, 0.3, 1]) {
        const line = progressLine(Math.floor(total * part), total, seconds);
        assert(line.length <= 79, line);
      }
    }
  }
});

Deno.test("Progress writes on one line, ten times a second at most", () => {
  let time = 0;
  const texts: string[] = [];
  {
    using progress = new Progress(1000, {
      isTerminal: true,
      write: (text) => texts.push(text),
      now: () => time,
    });
    for (let i = 0; i < 1000; i++, time++) progress.add(1);
  }
  assertEquals(texts.length, 10 + 2);
  assertEquals(texts.pop(), "\n");
  assert(texts.at(-1)?.startsWith("\r100 %"));
  for (const text of texts) {
    assertEquals(text.length, 80);
    assert(!text.includes("\n"));
  }
});

Deno.test("Progress writes nothing when nobody looks", () => {
  const texts: string[] = [];
  {
    using progress = new Progress(10, {
      isTerminal: false,
      write: (text) => texts.push(text),
    });
    progress.add(10);
  }
  assertEquals(texts, []);
});
