/**
 * What is sent in lesson 05's cases, and what comes back.
 *
 * @module
 */
import { Random } from "../../kit/random.ts";

/** In bytes. */
export const KiB = 1024;

/** In bytes. */
export const MiB = 1024 * KiB;

/** What is answered to a line of more than a MiB. */
export const TOO_LONG = "error: line longer than 1048576 bytes\n";

/** 200 lines of all kinds, the same in each run: short and empty ones, characters of 1 to 4 bytes. */
export const lines = (() => {
  const random = new Random(5);
  const words = ["hello", "baby", "grün", "你好", "😀", "x", "end of file"];
  return Array.from(
    { length: 200 },
    () =>
      Array.from({ length: random.between(0, 3) }, () => random.pick(words))
        .join(" "),
  );
})();

/** The same as they are sent. */
export const SCRIPT = lines.map((line) => `${line}\n`).join("");

/** The answers to them. */
export const ANSWERS = SCRIPT.toUpperCase();

/** 10 000 lines of 1 KiB each, with their LF. */
export const manyLines = (letter: string) =>
  Array.from(
    { length: 10_000 },
    (_, i) => `${i} ${letter.repeat(KiB)}`.slice(0, KiB - 1),
  );
