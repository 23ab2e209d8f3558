/**
 * What the reader has said before he looked: `.course/guesses.json`, which git
 * ignores.
 *
 * @module
 */
import { entriesOf, KeptFile } from "../kept_file.ts";

/** One thing that was said. */
export interface Guess {
  /** What. */
  readonly said: string;
  /** Whether it was right, in the reader's own judgement; absent until he says so. */
  readonly isRight?: boolean;
}

/** What was said on a page, by what was asked there: `try-this 2`, `quiz 1`. */
export type PageGuesses = Readonly<Record<string, Guess>>;

/** All that was said, by the pages' names: `01_single_shot`. */
export type Guesses = Readonly<Record<string, PageGuesses>>;

/** How many characters of a guess are kept. */
export const MOST_SAID = 1000;

const file = new KeptFile<Guesses>("guesses", parse, {});

/** Reads what was said. */
export async function readGuesses(): Promise<Guesses> {
  return await file.read();
}

/** Keeps what was said. */
export async function keepGuess(
  page: string,
  key: string,
  guess: Guess,
): Promise<void> {
  await file.change((all) => ({
    ...all,
    [page]: { ...all[page], [key]: guess },
  }));
}

/** A guess in something that came from outside; `undefined` where it is none. */
export function readGuess(value: unknown): Guess | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { said, isRight }: { said?: unknown; isRight?: unknown } = value;
  if (typeof said !== "string" || said.length > MOST_SAID) return undefined;
  if (isRight === undefined) return { said };
  return typeof isRight === "boolean" ? { said, isRight } : undefined;
}

function parse(value: unknown): Guesses | undefined {
  return entriesOf(value, isPage);
}

function isPage(value: unknown): value is PageGuesses {
  return entriesOf(value, isGuess) !== undefined;
}

function isGuess(value: unknown): value is Guess {
  return readGuess(value) !== undefined;
}
