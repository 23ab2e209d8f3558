/**
 * Expectation: all that a program has printed when it ends. A line end more or
 * less at the end does not count.
 *
 * @module
 */
import type { WantedJson } from "./json.ts";

/** What should have been printed. */
export interface WantedOutput {
  /** One way to print it, for a verdict. */
  readonly example: string;
  /** Whether there are others. */
  readonly isExample?: boolean;
  /** What a verdict shows of what was printed. */
  shown(printed: string): string;
  /** Whether what was printed, without its last line end, is right. */
  isRight(printed: string): boolean;
}

/** This text. */
export function text(example: string): WantedOutput {
  const wanted = trimEnd(example);
  return {
    example,
    shown: (printed) => printed,
    isRight: (printed) => printed === wanted,
  };
}

/** A line of JSON for each of these, spelled in any way. */
export function jsonLines(...wanted: readonly WantedJson[]): WantedOutput {
  return {
    example: wanted.map(({ example }) => example).join("\n"),
    isExample: true,
    shown: trimEnd,
    isRight(printed) {
      const lines = printed === "" ? [] : printed.split("\n");
      return lines.length === wanted.length &&
        wanted.every(({ isRight }, i) => isRight(lines[i] ?? ""));
    },
  };
}

/** A text without the line ends at its end. */
export function trimEnd(text: string): string {
  return text.replace(/[\r\n]+$/, "");
}
