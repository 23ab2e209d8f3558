/**
 * How often somebody may ask.
 *
 * @module
 */
import { BadRequest } from "../class/report.ts";

/** The most names that are remembered; with more of them all are forgotten, and begin anew. */
const MOST_NAMES = 10_000;

/** A bucket of tokens a name: each request takes one, and they come back one by one (token bucket). */
export class Rates {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** Full buckets for all. @param rate How many at once, and how long it takes until one more may come, in milliseconds. */
  constructor(readonly rate: { burst: number; everyMs: number }) {}

  /** Looks whether a name may ask. @throws {BadRequest} Where a name has none left. */
  mustHave(name: string): void {
    if (this.#bucket(name).left >= 1) return;
    const seconds = Math.ceil(this.rate.everyMs / 1000);
    throw new BadRequest(`too often: try again in ${seconds} s`, 429);
  }

  /** Takes one. */
  take(name: string): void {
    const bucket = this.#bucket(name);
    if (!this.#buckets.has(name) && this.#buckets.size >= MOST_NAMES) {
      this.#buckets.clear();
    }
    this.#buckets.set(name, { ...bucket, left: Math.max(0, bucket.left - 1) });
  }

  #bucket(name: string): { left: number; at: number } {
    const { burst, everyMs } = this.rate;
    const now = performance.now();
    const old = this.#buckets.get(name);
    if (!old) return { left: burst, at: now };
    const left = Math.min(burst, old.left + (now - old.at) / everyMs);
    const bucket = { left, at: now };
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
