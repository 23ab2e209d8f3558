/**
 * A file of JSON in `.course/`, which git ignores: what the tool remembers of
 * this learner. Several commands may read and change it at the same time.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { UserError } from "./user/error.ts";
import { writeWhole } from "../kit/whole_file.ts";

/** Where such files are. */
export const keptFolder: URL = new URL(".course/", root);

/** One such file. */
export class KeptFile<T> {
  readonly #file: URL;
  readonly #parse: (value: unknown) => T | undefined;
  readonly #empty: T;

  /**
   * The file that may be there.
   *
   * @param name Its name without `.json`.
   * @param parse What is remembered, from the JSON in it; `undefined` where that is something else.
   * @param empty What is remembered where there is no file.
   */
  constructor(
    readonly name: string,
    parse: (value: unknown) => T | undefined,
    empty: T,
  ) {
    this.#file = new URL(`${name}.json`, keptFolder);
    this.#parse = parse;
    this.#empty = empty;
  }

  /** What is remembered; nothing, or a file that is not one, is nothing yet. */
  async read(): Promise<T> {
    const there = await Deno.stat(this.#file).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    if (!there) return this.#empty;
    // Anything else than a file may never end when it is read.
    const kept = there.isFile
      ? this.#parse(valueOf(await Deno.readTextFile(this.#file)))
      : undefined;
    if (kept !== undefined) return kept;
    const aside = `${this.name}.broken-${Date.now()}.json`;
    // Where another command was quicker, it is aside already.
    await Deno.rename(this.#file, new URL(aside, keptFolder)).catch(() => {});
    console.error(
      `.course/${this.name}.json could not be read; it was set aside as ${aside}`,
    );
    return this.#empty;
  }

  /** Changes what is remembered: one command at a time, and so that the file is whole at every moment. */
  async change(make: (kept: T) => T): Promise<void> {
    await Deno.mkdir(keptFolder, { recursive: true });
    const guarded = new URL("lock", keptFolder);
    const there = await Deno.stat(guarded).catch(() => undefined);
    if (there && !there.isFile) {
      throw new UserError(".course/lock is no file: remove it", 1);
    }
    using lock = await Deno.open(guarded, { create: true, write: true });
    await lock.lock(true); // until it is closed, or its program is gone
    const kept = make(await this.read());
    const text = JSON.stringify(kept, null, 2) + "\n";
    await writeWhole(this.#file, text, { mode: 0o600 });
  }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object's entries, where each value is of the kind that is wanted. */
export function entriesOf<T>(
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
