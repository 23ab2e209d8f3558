/**
 * Expectation: a line that a program prints.
 *
 * @module
 */
import { quoteLine } from "../bytes.ts";

/** A line that should be printed. */
export interface WantedLine {
  /** What it is, for a verdict: `a line with "hello" in it`. */
  readonly says: string;
  /** The line itself, where only one will do: a verdict then marks where another one parts from it. */
  readonly exact?: string;
  /** Whether it is this one. */
  isRight(line: string): boolean;
}

/** This line. */
export function line(text: string): WantedLine {
  const isRight = (printed: string) => printed === text;
  return { says: quoteLine(text), exact: text, isRight };
}

/** A line that has these words in it. */
export function words(text: string): WantedLine {
  const isRight = (printed: string) => printed.includes(text);
  return { says: `a line with "${text}" in it`, isRight };
}

/** A line of this form. @param says The form, for a verdict. */
export function like(says: string, form: RegExp): WantedLine {
  return { says, isRight: (printed) => form.test(printed) };
}
