/**
 * Makes mutants of the solutions by rule, and lists those that the checks let
 * pass: for each a case is missing, or a reason why nobody can see it.
 *
 *   deno run --lock=deno.lock -P tests/bench/mutants.ts [N...] [--side server] [--jobs 3]
 *   deno run --lock=deno.lock -P tests/bench/mutants.ts --only 01_single_shot/server.ts:19
 *   deno run --lock=deno.lock -P tests/bench/mutants.ts --unseen
 *
 * What stands in `unseen_mutants.ts` is not tried. With `--unseen` just that
 * is: what a check does catch should not stand there.
 *
 * A mutant is given to the cases of its side and to the pairs, to the first
 * that fails. It takes minutes a lesson.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { loadCheck } from "../../course/checking.ts";
import type { Case, Check, Verdict } from "../../kit/case.ts";
import { inParallel } from "../../kit/parallel.ts";
import { startReaper } from "../../kit/reaper.ts";
import { firstFailure } from "../first_failure.ts";
import { SIDES } from "@lessons/places.ts";
import { type Change, changesOf } from "../mutants/rules.ts";
import {
  readSolution,
  SolutionCopy,
  solutionFiles,
} from "../mutants/solution_copy.ts";
import { type Like, type Unseen, unseen } from "./unseen_mutants.ts";

/** A mutant by rule. */
interface Generated extends Change {
  /** The changed file, in the solution's folder. */
  readonly file: string;
  /** What says that nobody can see it, where something does. */
  readonly unseen: Unseen | undefined;
}

/** What came of a mutant: the verdict that caught it, or why nothing can be said. */
interface Outcome {
  readonly mutant: Generated;
  readonly caught?: Verdict;
  readonly undecided?: string;
}

/** Orders cases so that those which caught something lately come first: of the same function before any other. */
class Catchers {
  readonly #lately = new Map<string, Case[]>();

  order(cases: readonly Case[], { file, inside }: Generated): Case[] {
    const known = [`${file} ${inside}`, file]
      .flatMap((where) => this.#lately.get(where) ?? []);
    return [...new Set([...known, ...cases])];
  }

  note(aCase: Case, { file, inside }: Generated): void {
    for (const where of [`${file} ${inside}`, file]) {
      const others = this.#lately.get(where) ?? [];
      this.#lately.set(where, [aCase, ...others.filter((c) => c !== aCase)]);
    }
  }
}

const flags = parseArgs(Deno.args, {
  string: ["side", "jobs", "only"],
  boolean: ["unseen"],
});

startReaper();
const mutants = new Map<Lesson, Generated[]>();
for (const lesson of lessons) {
  const files = solutionFiles(lesson.name);
  const its = await Promise.all(
    files.map((file) => mutantsOf(lesson.name, file)),
  );
  mutants.set(lesson, its.flat());
}
let isGood = true;
for (const entry of unseen) {
  const all = [...mutants.values()].flat();
  if (all.some(({ unseen }) => unseen === entry)) continue;
  console.log(`no longer fits: ${entry.of}, ${entry.rules}: ${entry.line}`);
  isGood = false;
}
for (const [lesson, all] of mutants) {
  const isChosen = flags.only === undefined
    ? flags._.length === 0 || flags._.includes(lesson.number)
    : flags.only.startsWith(`${lesson.name}/`);
  if (isChosen) isGood = await tryLesson(lesson, all) && isGood;
}
Deno.exit(isGood ? 0 : 1);

/** @returns Whether each mutant was caught, or known to be seen by nobody. */
async function tryLesson(
  lesson: Lesson,
  all: readonly Generated[],
): Promise<boolean> {
  const { name } = lesson;
  const check = await loadCheck(lesson);
  const sides = await sidesOf(name);
  const chosen = all.filter(({ file, line, unseen }) => {
    if (flags.only !== undefined) {
      return flags.only === `${name}/${file}:${line}`;
    }
    const its = sides.get(file) ?? [];
    return (unseen !== undefined) === flags.unseen &&
      (flags.side === undefined || its.includes(flags.side));
  });

  const catchers = new Catchers();
  const copies: SolutionCopy[] = []; // those that nobody uses just now
  using stack = new DisposableStack();
  const outcomes = await inParallel(
    Number(flags.jobs ?? 3),
    chosen.map((mutant) => async () => {
      const roles = ["pair", ...sides.get(mutant.file) ?? []];
      const cases = check.cases.filter(({ role }) => roles.includes(role));
      const copy = copies.pop() ?? stack.use(new SolutionCopy(name));
      const ordered = catchers.order(cases, mutant);
      const outcome = await tryMutant(check, ordered, mutant, copy);
      copies.push(copy);
      if (outcome.caught) catchers.note(outcome.caught.case, mutant);
      tell(name, outcome);
      return outcome;
    }),
  );

  for (const file of sides.keys()) {
    const its = outcomes.filter(({ mutant }) => mutant.file === file);
    if (its.length > 0) console.log(total(`${name}/${file}`, its));
  }
  const hidden = all.filter(({ unseen }) => unseen !== undefined).length;
  console.log(`${total(name, outcomes)}; ${hidden} can be seen by nobody\n`);
  return outcomes.every(({ mutant, caught }) =>
    (caught === undefined) === (mutant.unseen !== undefined)
  );
}

/** Each file of a solution, and the sides to whose programs it belongs. */
async function sidesOf(lesson: string): Promise<Map<string, string[]>> {
  const sides = new Map<string, string[]>();
  const add = async (file: string, side: string) => {
    sides.set(file, [...sides.get(file) ?? [], side]);
    const text = await readSolution(lesson, file);
    for (const [, other = ""] of text.matchAll(/ from "\.\/(\w+\.ts)";/g)) {
      if (!sides.get(other)?.includes(side)) await add(other, side);
    }
  };
  for (const side of SIDES) await add(`${side}.ts`, side);
  return sides;
}

async function mutantsOf(lesson: string, file: string): Promise<Generated[]> {
  return changesOf(await readSolution(lesson, file)).map((change) => ({
    ...change,
    file,
    unseen: unseen.find(({ of, line, becomes, rules }) =>
      rules.includes(change.rule) && isLike(`${lesson}/${file}`, of) &&
      isLike(change.before, line) && isLike(change.after, becomes)
    ),
  }));
}

function isLike(text: string, like: Like = text): boolean {
  return typeof like === "string" ? like === text : like.test(text);
}

async function tryMutant(
  check: Check,
  cases: readonly Case[],
  mutant: Generated,
  copy: SolutionCopy,
): Promise<Outcome> {
  const yours = await copy.with(mutant.file, mutant.text);
  try {
    const verdict = await firstFailure(check, cases, yours);
    if (!verdict) return { mutant };
    return verdict.failure?.seen.isBusy
      ? { mutant, undecided: "the machine was too busy" }
      : { mutant, caught: verdict };
  } catch (error) { // one mutant that the check cannot cope with is no reason to try no other
    return { mutant, undecided: `the check itself failed: ${error}` };
  }
}

/** Prints what is to be done something about, or what was asked for. */
function tell(
  lesson: string,
  { mutant, caught, undecided }: Outcome,
): void {
  const { file, line, rule, before, after, unseen } = mutant;
  const isGood = !undecided &&
    (caught === undefined) === (unseen !== undefined);
  if (isGood && flags.only === undefined) return;
  const what = undecided
    ? `UNDECIDED (${undecided})`
    : caught
    ? `CAUGHT by "${caught.case.name}" (${caught.failure?.message})`
    : "SURVIVES";
  console.log(`${what}: solutions/${lesson}/${file}:${line}, ${rule}`);
  console.log(`  - ${before}\n  + ${after}`);
}

function total(name: string, outcomes: readonly Outcome[]): string {
  const caught = outcomes.filter(({ caught }) => caught).length;
  const share = (100 * caught / outcomes.length).toFixed(1);
  return `${name}: ${caught} of ${outcomes.length} caught, ${share} %`;
}
