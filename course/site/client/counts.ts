/**
 * What is said of a check's counts.
 *
 * @module
 */

/** How far a check has come. */
export interface Counts {
  /** How many cases passed, now or before. */
  readonly passed: number;
  /** How many failed. */
  readonly failed: number;
  /** How many there are of what is tried. */
  readonly all: number;
}

/** A check that goes on: `checking 3 of 29`. */
export function saysSoFar({ passed, failed, all }: Counts): string {
  return `checking ${passed + failed} of ${all}`;
}

/** A check that is over, in short: `12 passed, 1 failed`. @param isAgain As for {@linkcode saysFailed}. */
export function saysShortly(
  { passed, failed }: Counts,
  isAgain: boolean,
): string {
  if (isAgain) return "what failed last fails still";
  return failed === 0
    ? `${passed} passed`
    : `${passed} passed, ${failed} failed`;
}

/**
 * A check that failed.
 *
 * @param untried How many of its cases were not tried.
 * @param isAgain Whether what failed last was tried before the cases that stand before it, and fails still.
 */
export function saysFailed(
  { passed, failed }: Counts,
  untried: number,
  isAgain: boolean,
): string {
  const counts = [
    ...(isAgain && passed === 0 ? [] : [`${passed} passed`]),
    ...(isAgain ? [] : [`${failed} failed`]),
    `${untried} not tried`,
  ].join(", ");
  return isAgain
    ? `Not yet: what failed last was tried first, and fails still; ${counts}.`
    : `Not yet: ${counts}.`;
}
