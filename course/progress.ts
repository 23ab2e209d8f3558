/**
 * What the learner has passed and which hints were shown:
 * `.course/progress.json`, which git ignores.
 *
 * @module
 */
import { entriesOf, KeptFile } from "./kept_file.ts";

/** What is remembered, by the names of the lessons. */
export interface Progress {
  /** When a lesson was passed, the first time, as ISO 8601 text. */
  readonly passed: Readonly<Record<string, string>>;
  /** How many of its hints were shown. */
  readonly hints: Readonly<Record<string, number>>;
}

const file = new KeptFile<Progress>("progress", parse, {
  passed: {},
  hints: {},
});

/** Reads the progress; nothing, or a file that is not one, is no progress yet. */
export async function readProgress(): Promise<Progress> {
  return await file.read();
}

/** Notes that a lesson is passed. The first time counts. */
export async function notePassed(lesson: string): Promise<void> {
  await file.change(({ passed, hints }) => ({
    passed: { [lesson]: new Date().toISOString(), ...passed },
    hints,
  }));
}

/** Notes how many hints of a lesson were shown. */
export async function noteHints(lesson: string, shown: number): Promise<void> {
  await file.change(({ passed, hints }) => ({
    passed,
    hints: { ...hints, [lesson]: shown },
  }));
}

function parse(value: unknown): Progress | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { passed, hints = {} }: { passed?: unknown; hints?: unknown } = value;
  const times = entriesOf(passed, (when) => typeof when === "string");
  const counts = entriesOf(hints, (count) => typeof count === "number");
  return times && counts ? { passed: times, hints: counts } : undefined;
}
