/**
 * What a peer that answers late asks of the steps behind it.
 *
 * @module
 */
import { STEP_MS } from "../../kit/guard.ts";
import type { Script } from "../../kit/script.ts";

/** How much longer than one answer took a program may take to give up, or to leave: RFC 6298 begins with three times as long, it doubles twice, and its timers come late, too. */
const TIMES = 2 * 3 * (1 + 2 + 4);

/** How long a step takes at most, in milliseconds. */
const MOST_MS = 10_000;

/**
 * A program's time-out grows with the time that answers take. Where a busy
 * machine made one late, the steps from now on have more time.
 *
 * @param took How long the answer took, in milliseconds.
 */
export function learnsToWait({ patience }: Script, took: number): void {
  const steps = Math.ceil(took * TIMES / STEP_MS);
  if (steps <= 1) return;
  patience.ms = Math.max(patience.ms, Math.min(steps * STEP_MS, MOST_MS));
}
