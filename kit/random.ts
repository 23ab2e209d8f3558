/**
 * Random choices that a seed repeats.
 *
 * @module
 */

/** A source of random numbers: the same seed gives the same ones. Not for secrets. */
export class Random {
  #state: number;

  /**
   * A source that starts at a seed.
   *
   * @param seed 0 to 2^32 - 1. Put it into what a failure says.
   */
  constructor(readonly seed: number) {
    this.#state = seed;
  }

  /** 0 up to, not including, 2^32 (mulberry32, by Tommy Ettinger). */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.uint32() % (high - low + 1);
  }

  /** Whether something happens that happens once in so many times. */
  oneIn(times: number): boolean {
    return this.between(1, times) === 1;
  }

  /** One of these; there must be at least one. */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.between(0, choices.length - 1)];
    if (choice === undefined) throw new Error("Cannot pick: no choices");
    return choice;
  }

  /** So many random bytes. */
  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.uint32(); // from() takes twenty times as long
    return bytes;
  }
}
