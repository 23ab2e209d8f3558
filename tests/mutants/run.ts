/**
 * `deno task mutants [N]`: tries what the checks let pass and what they refuse.
 *
 * A mutant must fail in a case that guards a sentence which it breaks, and be
 * told no misunderstanding but its own. It must pass the cases of the stages
 * before: a stage asks for nothing that only a later one has. A right program
 * must pass every case, without a remark.
 *
 * @module
 */
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { pairIn, root, SIDES } from "@lessons/places.ts";
import { stagesOf } from "@lessons/stages.ts";
import { loadCheck } from "../../course/checking.ts";
import { findSlips } from "../../course/manners.ts";
import { runCommand } from "../../course/user/command_line.ts";
import { findLesson, LESSON } from "../../course/user/lesson.ts";
import type { Case, Check } from "../../kit/case.ts";
import { inParallel } from "../../kit/parallel.ts";
import { startReaper } from "../../kit/reaper.ts";
import { report } from "../../kit/report.ts";
import type { Side } from "../../kit/script.ts";
import { casesBefore } from "../../kit/stages.ts";
import { firstFailure } from "../first_failure.ts";
import { keptMutants, rightPrograms } from "./kept.ts";
import { type Mutant, mutate } from "./mutant.ts";
import { readSolution, SolutionCopy } from "./solution_copy.ts";

const COMMAND = {
  usage: "deno task mutants [N]",
  about:
    "Tries every kept mutant of the solutions, which a check must catch, and every right program, which it must let pass.",
  words: [{ name: "N", about: `${LESSON.about}; all of them without it` }],
  flags: {},
  examples: ["deno task mutants", "deno task mutants 5"],
} as const;

/** How many are tried at a time: their programs wait more than they work. */
const WIDTH = 3;

/** What came of one program. */
interface Outcome {
  /** Whether the check is right about it. */
  readonly isGood: boolean;
  /** Which program, and what the check found: a line. */
  readonly says: string;
  /** The verdict, where it is wrong. */
  readonly verdict?: string;
}

await runCommand(COMMAND, async ({ words: [word] }) => {
  startReaper();
  const chosen = word === undefined ? lessons : [findLesson(word)];
  const tasks = (await Promise.all(chosen.map(tasksOf))).flat();
  const outcomes = await inParallel(
    WIDTH,
    tasks.map((task) => async () => {
      const outcome = await task();
      console.log(outcome.says);
      if (outcome.verdict !== undefined) console.log(outcome.verdict);
      return outcome;
    }),
  );
  const wrong = outcomes.filter(({ isGood }) => !isGood);
  if (wrong.length === 0) {
    console.log(`\nall ${outcomes.length} are judged right`);
    return 0;
  }
  console.log(`\n${wrong.length} of ${outcomes.length} are judged wrong:`);
  for (const { says } of wrong) console.log(says);
  return 1;
});

/** All that is to be tried of a lesson. */
async function tasksOf(lesson: Lesson): Promise<(() => Promise<Outcome>)[]> {
  const check = await loadCheck(lesson);
  const tasks: (() => Promise<Outcome>)[] = [];
  for (const side of SIDES) {
    const cases = check.cases.filter(({ role }) =>
      role === side || role === "pair"
    );
    for (const mutant of await keptMutants(lesson.name, side)) {
      tasks.push(() => tryMutant(check, cases, side, mutant));
    }
    for (const file of rightPrograms(lesson.name, side)) {
      tasks.push(() => tryRight(check, cases, side, file));
    }
  }
  return tasks;
}

async function tryMutant(
  check: Check,
  cases: readonly Case[],
  side: Side,
  mutant: Mutant,
): Promise<Outcome> {
  const { of, breaks, says, told } = mutant;
  using copy = new SolutionCopy(check.lesson);
  const text = mutate(await readSolution(check.lesson, of), mutant);
  const guards = cases.filter(({ guards }) =>
    guards?.some((number) => breaks.includes(number))
  );
  const pair = await copy.with(of, text);
  const verdict = await firstFailure(check, guards, pair);
  const name = `${check.lesson}, ${side} ${says}`;
  if (!verdict) {
    const numbers = breaks.join(", ");
    return {
      isGood: false,
      says: `SURVIVES ${name}: ${guards.length} cases guard ${numbers}`,
    };
  }
  const named = verdict.failure?.misunderstanding?.says;
  const isTrue = told === undefined
    ? named === undefined
    : named?.includes(told) ?? false;
  if (!isTrue) {
    return {
      isGood: false,
      says: `MISTOLD  ${name}: ${named ?? "nothing"}`,
      verdict: report(verdict),
    };
  }
  const before = casesBefore(cases, stagesOf(check.lesson), breaks);
  const tooSoon = await firstFailure(check, before, pair);
  if (tooSoon) {
    return {
      isGood: false,
      says: `TOO SOON ${name}: by "${tooSoon.case.name}"`,
      verdict: report(tooSoon),
    };
  }
  return {
    isGood: true,
    says: `caught   ${name}: by "${verdict.case.name}"`,
  };
}

async function tryRight(
  check: Check,
  cases: readonly Case[],
  side: Side,
  file: string,
): Promise<Outcome> {
  using copy = new SolutionCopy(check.lesson);
  const text = await Deno.readTextFile(new URL(file, root));
  const pair = await copy.with(`${side}.ts`, text);
  const verdict = await firstFailure(check, cases, pair);
  if (verdict) {
    const says = `REFUSED  ${file}: by "${verdict.case.name}"`;
    return { isGood: false, says, verdict: report(verdict) };
  }
  const slips = await findSlips(check, pairIn(copy.folder));
  return slips.length === 0
    ? { isGood: true, says: `passes   ${file}` }
    : { isGood: false, says: `ACCUSED  ${file}: ${slips.join("; ")}` };
}
