/**
 * Trying a program that a check should refuse, or that it should not.
 *
 * @module
 */
import type { Pair } from "@lessons/places.ts";
import {
  type Case,
  type Check,
  runCase,
  runsHere,
  type Verdict,
} from "../kit/case.ts";

/**
 * Runs cases in their order until one fails.
 *
 * @param yours The programs under test.
 * @returns The verdict of the case that failed; `undefined` where all pass.
 */
export async function firstFailure(
  check: Check,
  cases: readonly Case[],
  yours: Pair,
): Promise<Verdict | undefined> {
  for (const aCase of cases.filter(runsHere)) {
    const verdict = await runCase(check, aCase, yours);
    if (verdict.failure) return verdict;
  }
  return undefined;
}
