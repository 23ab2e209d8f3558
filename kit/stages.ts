/**
 * The stages of an exercise: which cases belong to each, and which are reached.
 *
 * @module
 */
import type { Stage } from "@lessons/stages.ts";
import type { Case } from "./case.ts";

/**
 * The stage that a case belongs to: the last one among the sentences that it
 * guards. A case that guards none tries the whole, and belongs to the last of all.
 *
 * @returns `undefined` where the exercise has no stages.
 */
export function stageOf(
  { guards = [] }: Case,
  stages: readonly Stage[],
): Stage | undefined {
  const isGuarded = ({ sentences }: Stage) =>
    sentences.some((number) => guards.includes(number));
  return stages.findLast(isGuarded) ?? stages.at(-1);
}

/** Cases in the order of their stages. Within a stage their order stays. */
export function byStage(
  cases: readonly Case[],
  stages: readonly Stage[],
): Case[] {
  const rank = (aCase: Case) => stageOf(aCase, stages)?.number ?? 0;
  return cases.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * How many stages are reached: those whose cases pass, and those of all stages
 * before.
 *
 * @param failed The first case that failed, where they stand by stage; none where all passed.
 */
export function countReached(stages: readonly Stage[], failed?: Case): number {
  const next = failed && stageOf(failed, stages);
  return next === undefined ? stages.length : next.number - 1;
}

/**
 * The cases of the stages before the first one that has any of these sentences:
 * who does not do yet what they ask must pass them.
 */
export function casesBefore(
  cases: readonly Case[],
  stages: readonly Stage[],
  sentences: readonly number[],
): Case[] {
  const first = stages.find((stage) =>
    stage.sentences.some((number) => sentences.includes(number))
  );
  const isBefore = (aCase: Case) =>
    (stageOf(aCase, stages)?.number ?? 0) < (first?.number ?? 0);
  return cases.filter(isBefore);
}
