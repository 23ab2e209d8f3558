/**
 * What the learner has passed and which hints were shown:
 * `.course/progress.json`, which git ignores.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { UserError } from "./user/error.ts";

const folder = new URL(".course/", root);
const file = new URL("progress.json", folder);

/** What is remembered, by the names of the lessons. */
export interface Progress {
  /** When a lesson was passed, the first time, as ISO 8601 text. */
  readonly passed: Readonly<Record<string, string>>;
  /** How many of its hints were shown. */
  readonly hints: Readonly<Record<string, number>>;
}

/** Reads the progress; nothing, or a file that is not one, is no progress yet. */
export async function readProgress(): Promise<Progress> {
  const there = await Deno.stat(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  if (!there) return { passed: {}, hints: {} };
  // Anything else than a file may never end when it is read.
  const progress = there.isFile
    ? parse(await Deno.readTextFile(file))
    : undefined;
  if (progress) return progress;
  const aside = `progress.broken-${Date.now()}.json`;
  // Where another command was quicker, it is aside already.
  await Deno.rename(file, new URL(aside, folder)).catch(() => {});
  console.error(
    `.course/progress.json could not be read; it was set aside as ${aside}`,
  );
  return { passed: {}, hints: {} };
}

/** Notes that a lesson is passed. The first time counts. */
export async function notePassed(lesson: string): Promise<void> {
  await change(({ passed, hints }) => ({
    passed: { [lesson]: new Date().toISOString(), ...passed },
    hints,
  }));
}

/** Notes how many hints of a lesson were shown. */
export async function noteHints(lesson: string, shown: number): Promise<void> {
  await change(({ passed, hints }) => ({
    passed,
    hints: { ...hints, [lesson]: shown },
  }));
}

/** Changes the file: one command at a time, and so that it is whole at every moment. */
async function change(
  make: (progress: Progress) => Progress,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const guarded = new URL("lock", folder);
  const there = await Deno.stat(guarded).catch(() => undefined);
  if (there && !there.isFile) {
    throw new UserError(".course/lock is no file: remove it", 1);
  }
  using lock = await Deno.open(guarded, { create: true, write: true });
  await lock.lock(true); // until it is closed, or its program is gone
  const progress = make(await readProgress());
  const draft = new URL(`progress.${crypto.randomUUID()}.tmp`, folder);
  try {
    await Deno.writeTextFile(draft, JSON.stringify(progress, null, 2) + "\n");
    await Deno.rename(draft, file);
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
}

function parse(text: string): Progress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { passed, hints = {} }: { passed?: unknown; hints?: unknown } = value;
  const times = entriesOf(passed, (when) => typeof when === "string");
  const counts = entriesOf(hints, (count) => typeof count === "number");
  return times && counts ? { passed: times, hints: counts } : undefined;
}

/** An object's entries, where each value is of the kind that is wanted. */
function entriesOf<T>(
  value: unknown,
  isWanted: (value: unknown) => value is T,
): Record<string, T> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries: Record<string, T> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (!isWanted(entry)) return undefined;
    entries[name] = entry;
  }
  return entries;
}
