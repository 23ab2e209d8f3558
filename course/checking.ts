/**
 * Checking an answer, without a screen: the cases are tried in their order,
 * some at a time, until one fails or to the end.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { type Pair, SIDES } from "@lessons/places.ts";
import type { Case, Check, Verdict } from "../kit/case.ts";
import type { ProgramFlags, Side } from "../kit/script.ts";
import { placeOf } from "./answers.ts";
import { UserError } from "./user/error.ts";

/** What is tried, and how. */
export interface Trial {
  /** The lesson's check. */
  readonly check: Check;
  /** The cases, in their order. */
  readonly cases: readonly Case[];
  /** The answer's programs. */
  readonly programs: Pair;
  /** How many are tried at the same time; one unless told otherwise. */
  readonly width?: number;
  /** Whether the first of them is tried before all others, with the machine to itself. */
  readonly isFirstAlone?: boolean;
  /** How long all of it may take on a machine that keeps up, in milliseconds; what the check says unless told otherwise. */
  readonly limit?: number;
  /** More of Deno's flags for the programs. */
  readonly flags?: ProgramFlags;
  /** Whether the cases behind one that failed are tried, too; each then has the time of an exercise for itself. */
  readonly goesOn?: boolean;
  /** Hears what came of each case, in order, as soon as all before it are judged. */
  readonly onJudged?: (verdict: Verdict) => void;
  /** Ends it early: what is being tried is finished, nothing more is begun. */
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Result {
  /** How many cases passed; before the first that failed, where it ended there. */
  readonly passed: number;
  /** The first that failed, where one did. */
  readonly failed?: Verdict;
  /** Those that failed behind it, where they were tried. */
  readonly alsoFailed: readonly Verdict[];
}

/** Loads a lesson's check. */
export async function loadCheck({ name }: Lesson): Promise<Check> {
  const module: { check: Check } = await import(`../tests/${name}_test.ts`);
  return module.check;
}

/**
 * The cases of a check that can be tried here.
 *
 * @param part Only the case with this number, or those with this text in their names.
 * @throws {UserError} Where there is none.
 */
export async function chooseCases(
  check: Check,
  title: string,
  part?: string,
): Promise<Case[]> {
  const { runsHere } = await import("../kit/case.ts");
  const isChosen = ({ name }: Case, i: number) =>
    part === undefined ||
    (/^\d+$/.test(part) ? String(i + 1) === part : name.includes(part));
  const cases = check.cases.filter(isChosen).filter(runsHere);
  if (cases.length > 0) return cases;
  throw new UserError(
    `no case of ${title} has "${part}" in its name; they are:\n${
      check.cases.map(({ name }, i) => `  ${i + 1}. ${name}`).join("\n")
    }`,
  );
}

/** One line on what a folder lacks of the programs for Deno; `undefined` where all are there. */
export async function findMissing(
  folder: URL,
  programs: Pair,
  sides: readonly Side[] = SIDES,
): Promise<string | undefined> {
  const missing: string[] = [];
  for (const side of sides) {
    const program = programs[side];
    if (!(program instanceof URL)) continue;
    const info = await Deno.stat(program).catch(() => undefined);
    if (!info?.isFile) missing.push(`${side}.ts`);
  }
  return missing.length === 0
    ? undefined
    : `no answer: ${placeOf(folder)} has no ${missing.join(" and no ")}`;
}

/** Tries the cases. Where several are tried at a time, the first in order that failed counts. */
export async function tryCases(trial: Trial): Promise<Result> {
  const { Exercise, runCase } = await import("../kit/case.ts");
  const { check, cases, width = 1, goesOn = false, signal } = trial;
  const limit = trial.limit ?? check.limit;
  const together = new Exercise(limit);
  const verdicts: Verdict[] = [];
  const failures: Verdict[] = [];
  let next = 0;
  let told = 0;

  const isOver = () => failures.length > 0 && !goesOn;
  const tell = () => {
    for (let verdict; !isOver() && (verdict = verdicts[told]); told++) {
      if (verdict.failure) failures.push(verdict);
      trial.onJudged?.(verdict);
    }
  };
  const work = async () => {
    while (!signal?.aborted) {
      const hasFailed = verdicts.some((verdict) => verdict?.failure);
      const i = next;
      const aCase = cases[i];
      if ((hasFailed && !goesOn) || !aCase) return;
      next++;
      const judged = judge(aCase, i);
      if (aCase.waits && width > 1) waiting.push(judged);
      else await judged;
    }
  };
  const judge = async (aCase: Case, i: number) => {
    const exercise = goesOn ? new Exercise(limit) : together;
    verdicts[i] = await runCase(
      check,
      aCase,
      trial.programs,
      exercise,
      trial.flags,
    );
    tell();
  };
  const waiting: Promise<void>[] = [];
  const [first] = cases;
  if (trial.isFirstAlone && first && !signal?.aborted) {
    next = 1;
    await judge(first, 0);
  }
  await Promise.all(Array.from({ length: width }, work));
  await Promise.all(waiting);
  const [failed, ...alsoFailed] = failures;
  const passed = told - failures.length;
  return { passed, ...(failed ? { failed } : {}), alsoFailed };
}
