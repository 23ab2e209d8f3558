/**
 * Mutants: a solution with one small change in it that breaks its exercise's
 * contract. A check that lets one pass does not guard what it breaks.
 *
 * @module
 */

/** A mutant that is kept: its change, and what that breaks. */
export interface Mutant {
  /** The file of the solution's folder that is changed: `server.ts`, or a module. */
  readonly of: string;
  /** The text that is changed; it stands in the file exactly once. */
  readonly replace: string;
  /** What stands there instead. */
  readonly with: string;
  /** The numbers of the exercise's sentences that it breaks. */
  readonly breaks: readonly number[];
  /** What it does, in a few words: `counts characters`. */
  readonly says: string;
  /** A part of the misunderstanding's name that the verdict should give, where it should give one: any other is false. */
  readonly told?: string;
}

/**
 * Makes a mutant's change.
 *
 * @param text The file as it is in the solution.
 * @throws {Error} Where what is to be changed does not stand there exactly once.
 */
export function mutate(text: string, mutant: Mutant): string {
  const { of, replace, with: other } = mutant;
  const parts = text.split(replace);
  const [before, after] = parts;
  if (before === undefined || after === undefined || parts.length > 2) {
    throw new Error(
      `Cannot change ${of}: it has ${parts.length - 1} times ${
        JSON.stringify(replace)
      }`,
    );
  }
  return `${before}${other}${after}`;
}
