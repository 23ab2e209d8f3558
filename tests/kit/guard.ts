/**
 * The hang guard: no step of a check waits for ever.
 *
 * @module
 */

/** How long one step may take, in milliseconds. */
export const STEP_MS = 2_000;

/** How long all the cases of one exercise may take together, in milliseconds. */
export const EXERCISE_MS = 10_000;

/** A promise did not settle in time. */
export class Hang extends Error {
  /** `Hang`. */
  override name = "Hang";

  /** A hang. @param ms How long it was waited for, in milliseconds. */
  constructor(readonly ms: number) {
    super(`nothing happened for ${ms / 1000} s`);
  }
}

/**
 * Waits for a promise, but not for ever.
 *
 * The promise itself goes on: whoever calls this closes what it waits on.
 *
 * @param ms How long to wait, in milliseconds.
 * @param promise What to wait for.
 * @returns What the promise gives.
 * @throws {Hang} Where it has not settled after `ms`.
 */
export async function guard<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: hang, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Hang(ms)), ms);
  try {
    return await Promise.race([promise, hang]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {}); // where it fails after its time, nobody is left to hear of it
  }
}
