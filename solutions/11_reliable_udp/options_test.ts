import { assertEquals, assertThrows } from "@std/assert";
import { PLAIN, readAnswer, takeOptions } from "./options.ts";
import { TftpError } from "./transfer.ts";

const map = (options: Record<string, string>) =>
  new Map(Object.entries(options));

Deno.test("takeOptions() takes what it knows and leaves out the rest", () => {
  const asked = map({ blksize: "1428", tsize: "0", windowsize: "16", x: "1" });
  const { answer, agreement } = takeOptions(asked, 64);
  const taken = { blksize: "1428", tsize: "64", windowsize: "16" };
  assertEquals(answer, map(taken));
  assertEquals(agreement, { blksize: 1428, windowsize: 16 });
});

Deno.test("takeOptions() leaves out what is out of range, and takes less of a window", () => {
  for (const blksize of ["7", "65465", "-8", "1e3", "", "8.5"]) {
    const { answer, agreement } = takeOptions(map({ blksize }));
    assertEquals([answer.size, agreement], [0, PLAIN], blksize);
  }
  assertEquals(takeOptions(map({ windowsize: "0" })).answer.size, 0);
  const { answer } = takeOptions(map({ windowsize: "65535" }));
  assertEquals(answer, map({ windowsize: "64" }));
  assertEquals(takeOptions(map({ tsize: "5" })).answer, map({ tsize: "5" }));
});

Deno.test("readAnswer() takes less than it asked for, and nothing else", () => {
  const asked = map({ blksize: "1428", tsize: "0", windowsize: "16" });
  assertEquals(readAnswer(map({}), asked), PLAIN);
  assertEquals(
    readAnswer(map({ blksize: "8", windowsize: "2", tsize: "9" }), asked),
    { blksize: 8, windowsize: 2, size: 9 },
  );
  for (
    const wrong of [
      map({ blksize: "1429" }),
      map({ blksize: "7" }),
      map({ windowsize: "17" }),
      map({ windowsize: "0" }),
      map({ timeout: "1" }),
      map({ tsize: "many" }),
    ]
  ) assertThrows(() => readAnswer(wrong, asked), TftpError);
});
