/**
 * How long an answer is waited for, by the round trips so far (RFC 6298).
 *
 * @module
 */

/** The shortest time-out, in milliseconds. */
const SHORTEST = 50;

/** The longest time-out, in milliseconds. */
export const LONGEST = 5_000;

/** The time-out of one transfer. */
export class RoundTrip {
  readonly #first: number;
  #timeout: number;
  #smoothed: number | undefined;
  #variation = 0;

  /** Nothing is known yet. @param first The first time-out, in milliseconds. */
  constructor(first: number) {
    this.#first = clamp(first);
    this.#timeout = this.#first;
  }

  /** How long to wait, in milliseconds. */
  get timeout(): number {
    return this.#timeout;
  }

  /** An answer came. Not for one to something that was sent twice: nobody knows to which of the two it is. */
  measure(ms: number): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = ms;
      this.#variation = ms / 2;
    } else {
      const off = Math.abs(this.#smoothed - ms);
      this.#variation = this.#variation * 3 / 4 + off / 4;
      this.#smoothed = this.#smoothed * 7 / 8 + ms / 8;
    }
    this.#timeout = clamp(
      this.#smoothed + Math.max(SHORTEST, 4 * this.#variation),
    );
  }

  /** How long to wait as if no round trip had been measured, or longer. */
  get longTimeout(): number {
    return Math.max(this.#timeout, this.#first);
  }

  /** What comes now is no round trip. */
  startAgain(): void {
    this.#timeout = this.longTimeout;
  }

  /** No answer came in time. */
  backOff(): void {
    this.#timeout = clamp(2 * this.#timeout);
  }
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, SHORTEST), LONGEST);
}
