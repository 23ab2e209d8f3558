/**
 * What a bad network does to datagrams, decided by a seed.
 *
 * @module
 */

/** How often a network does what, from 0 (never) to 1 (always). */
export interface Habits {
  /** How often a datagram is lost. */
  readonly lose: number;
  /** How often it arrives twice. */
  readonly double: number;
  /** How often the next one overtakes it. */
  readonly swap: number;
  /** How often one of its bytes is changed. */
  readonly corrupt: number;
}

/** What becomes of one datagram. */
export interface Fate {
  /** It never arrives. */
  readonly isLost: boolean;
  /** It arrives twice. */
  readonly isDoubled: boolean;
  /** The next one arrives before it. */
  readonly isSwapped: boolean;
  /** Where a byte is changed, from 0 (the first) up to 1; absent where none is. */
  readonly corruptAt?: number;
}

/**
 * The fates of the datagrams that go one way, in order.
 *
 * Each takes the same count of random numbers, so the fate of the tenth is the
 * same whatever became of the nine before it.
 *
 * @param seed The same seed gives the same fates.
 */
export function* fates(habits: Habits, seed: number): Generator<Fate, never> {
  const random = randomNumbers(seed);
  const next = () => random.next().value;
  while (true) {
    const [isLost, isDoubled] = [next() < habits.lose, next() < habits.double];
    const [isSwapped, isCorrupt] = [
      next() < habits.swap,
      next() < habits.corrupt,
    ];
    const corruptAt = next();
    yield {
      ...{ isLost, isDoubled, isSwapped },
      ...(isCorrupt ? { corruptAt } : {}),
    };
  }
}

/** Numbers from 0 up to, not including, 1 (mulberry32, by Tommy Ettinger). Not for secrets. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed | 0;;) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    yield ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}
