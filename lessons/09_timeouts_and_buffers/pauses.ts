/**
 * Pauses between tries: longer from try to try, and never the same for two.
 *
 * @module
 */

/** How long pauses are. */
export interface PauseOptions {
  /** The longest that the first pause may be, in milliseconds. Each further one may be twice as long. */
  readonly first: number;
  /** The longest that any may be, in milliseconds. */
  readonly most: number;
  /** Which part of each pause is left to chance: 1, all of it, unless told otherwise; 0 is none. */
  readonly jitter?: number;
  /** Where chance begins; with the same seed come the same pauses. Anywhere unless told otherwise. */
  readonly seed?: number;
}

/**
 * The lengths of pauses, in milliseconds, without end: exponential backoff, a
 * cap, and jitter.
 *
 * They grow, because who cannot be reached now will hardly be there in the next
 * millisecond. They are left to chance, because all who lost a server at the
 * same moment would otherwise come back at the same moment, again and again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pauses } from "./pauses.ts";
 *
 * const some = pauses({ first: 100, most: 500, jitter: 0 }).take(5);
 * assertEquals([...some], [100, 200, 400, 500, 500]);
 * ```
 */
export function* pauses(
  { first, most, jitter = 1, seed = Math.random() * 2 ** 32 }: PauseOptions,
): Generator<number, never> {
  const random = chance(seed);
  for (let longest = first;; longest *= 2) {
    longest = Math.min(longest, most);
    yield longest * (1 - jitter * random());
  }
}

/** Numbers from 0 up to 1 that look like chance and come again with their seed (the generator is called mulberry32). */
function chance(seed: number): () => number {
  let state = Math.trunc(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
