/**
 * The hang guard: no step of a check waits for ever.
 *
 * A limit is meant for a machine that keeps up. Time in which the machine kept
 * the programs waiting for a processor is not held against them, up to a bound.
 *
 * @module
 */

/** How long one step may take, in milliseconds. */
export const STEP_MS = 2_000;

/** How long all the cases of one exercise may take together, in milliseconds. */
export const EXERCISE_MS = 10_000;

/** A wait ends after so many times its limit, however busy the machine is. */
const MOST_TIMES = 15;

/** The shortest time after which a guard looks again, in milliseconds. */
const LEAST_MS = 50;

/** How long somebody is waited for. */
export interface Patience {
  /** The limit on a machine that keeps up, in milliseconds. */
  readonly ms: number;
  /** For how much of the time so far the machine did not keep up, in milliseconds. */
  readonly lost: number;
  /** Brings {@linkcode lost} up to date. */
  look(): Promise<void>;
  /** Whether all programs that are waited for have come to rest; `undefined` where nobody knows. */
  rests?(): Promise<boolean | undefined>;
}

/** When a wait began, and how much time had been lost by then. */
export interface Mark {
  /** By `performance.now()`. */
  readonly at: number;
  /** In milliseconds. */
  readonly lost: number;
}

/** A promise did not settle in time. */
export class Hang extends Error {
  /** `Hang`. */
  override name = "Hang";

  /**
   * A hang.
   *
   * @param ms How long it was waited for, in milliseconds.
   * @param isBusy Whether the machine was too busy for the wait to mean anything.
   */
  constructor(readonly ms: number, readonly isBusy = false) {
    super("nothing happened");
    this.message = `nothing happened for ${this.time}`;
  }

  /** How long it was waited for, in words: `2 s`. */
  get time(): string {
    return `${this.ms / 1000} s${this.isBusy ? " on a busy machine" : ""}`;
  }
}

/** Patience that goes by the clock alone, for what no other program is needed for. */
export function byClock(ms: number): Patience {
  return { ms, lost: 0, look: () => Promise.resolve() };
}

/** The same patience with another limit. @param ms In milliseconds. */
export function within(ms: number, patience: Patience): Patience {
  return {
    ms,
    get lost() {
      return patience.lost;
    },
    look: () => patience.look(),
    rests: async () => await patience.rests?.(),
  };
}

/** The beginning of a wait. */
export function begin({ lost }: Patience): Mark {
  return { at: performance.now(), lost };
}

/**
 * Waits for a promise, but not for ever.
 *
 * The promise itself goes on: whoever calls this closes what it waits on.
 *
 * @param patience How long to wait.
 * @param promise What to wait for.
 * @param since When the wait began; now unless told otherwise.
 * @returns What the promise gives.
 * @throws {Hang} Where it has not settled in time.
 */
export async function guard<T>(
  patience: Patience,
  promise: Promise<T>,
  since: Mark = begin(patience),
): Promise<T> {
  const { ms } = patience;
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle); // and where it fails after its time, nobody is left to hear of it
  for (let left = Math.max(0, ms - (performance.now() - since.at));;) {
    await firstOf(promise, left);
    if (!isSettled) await patience.look();
    if (isSettled) return await promise;
    const waited = performance.now() - since.at;
    const spent = waited - (patience.lost - since.lost);
    if (spent >= ms) throw new Hang(ms);
    if (waited >= MOST_TIMES * ms) throw new Hang(MOST_TIMES * ms, true);
    left = Math.max(ms - spent, Math.min(ms, LEAST_MS));
  }
}

/** Waits until a promise settles or so many milliseconds have gone by. */
export async function firstOf(
  promise: Promise<unknown>,
  ms: number,
): Promise<void> {
  const { promise: rings, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([promise.catch(() => {}), rings]);
  } finally {
    clearTimeout(timer);
  }
}
