/**
 * Cases: what a check tries, as values, and what came of one.
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import {
  type Pair,
  pairIn,
  pythonFolder,
  SIDES,
  solutionFolder,
} from "@lessons/places.ts";
import { Failure, type Seen } from "./failure.ts";
import { EXERCISE_MS, guard, Hang, type Mark, type Patience } from "./guard.ts";
import { findNothingMore } from "./leftovers.ts";
import { type Mistake, mistakeIn } from "./mistake.ts";
import { COMMON } from "./common.ts";
import type { Evidence, Misunderstanding } from "./misunderstanding.ts";
import { startReaper } from "./reaper.ts";
import { NobodyError, type ProgramFlags, Script, type Side } from "./script.ts";
import { WorkingFolder } from "./working_folder.ts";

export type { Evidence, Misunderstanding };

/** One thing that a check tries. */
export interface Case {
  /** A sentence about what the program does when: `server answers nothing when the client leaves without a word`. */
  readonly name: string;
  /** Whose behaviour is tried. */
  readonly role: Side | "pair";
  /** The numbers of the exercise's sentences that it guards; none where it tries something else. */
  readonly guards?: readonly number[];
  /** What is done and expected, in steps. */
  readonly script: (script: Script) => Promise<void>;
  /** The systems on which it can be tried; all of them unless told otherwise. */
  readonly only?: readonly (typeof Deno.build.os)[];
  /** The sides whose programs under test take part in it; those of its role unless told otherwise. */
  readonly tries?: readonly Side[];
  /** Whether another case does the very same where the answer is our own solution. */
  readonly isTwin?: boolean;
  /** Whether it waits for times to pass more than it works: it is then tried beside the others, and holds none of them up. */
  readonly waits?: boolean;
  /** The misunderstandings that this case would bring to light. */
  readonly known?: readonly Misunderstanding[];
}

/** The sides whose programs under test take part in a case. */
export function sidesOf({ role, tries }: Case): readonly Side[] {
  return tries ?? (role === "pair" ? SIDES : [role]);
}

/** All that is tried of one lesson's exercise. */
export interface Check {
  /** The lesson's name, `NN_name`. */
  readonly lesson: string;
  /** In the order in which a learner should meet them. */
  readonly cases: readonly Case[];
  /** How long all of them may take together on a machine that keeps up, in milliseconds; ten seconds unless told otherwise. */
  readonly limit?: number;
  /** The lesson's own pair at work: the same whoever is checked. */
  readonly own: readonly Case[];
  /** The lesson's own pair, and the solution, with classic Python programs; tried where `python3` is found. */
  readonly python: readonly Case[];
}

/** What a program printed until its case ended. */
export interface Printed {
  /** What the verdict calls it. */
  readonly label: string;
  /** All that it printed on stdout. */
  readonly stdout: string;
  /** All that it wrote on stderr. */
  readonly stderr: string;
  /** The exit code, where it ended by itself. */
  readonly code: number | undefined;
  /** The mistake in it that ended it, where one did. */
  readonly mistake?: Mistake;
}

/** What came of a case. */
export interface Verdict {
  /** The lesson's name. */
  readonly lesson: string;
  /** What was tried. */
  readonly case: Case;
  /** The case's number in its check, from 1. */
  readonly number: number;
  /** The steps that were taken. */
  readonly steps: readonly string[];
  /** What went wrong in the last of them; absent where nothing did. */
  readonly failure?: {
    readonly message: string;
    readonly seen: Seen;
    readonly printed: readonly Printed[];
    readonly misunderstanding?: Misunderstanding;
    /** What was done after the last step, and proved the misunderstanding. */
    readonly proof?: readonly string[];
  };
}

/** The time that the cases of an exercise have together. */
export class Exercise implements Patience {
  readonly #scripts: Pick<Script, "patience">[] = [];
  /** When it began. */
  readonly begun: Mark = { at: performance.now(), lost: 0 };

  /** Begins now. @param ms How long it may take on a machine that keeps up, in milliseconds. */
  constructor(readonly ms: number = EXERCISE_MS) {}

  /** What happens in a script belongs to it. */
  add(script: Pick<Script, "patience">): void {
    this.#scripts.push(script);
  }

  /** For how much of the time so far the machine did not keep up, in milliseconds; what was done again because of that belongs to it. */
  get lost(): number {
    return this.#scripts.reduce(
      (sum, { patience: { lost, repeated } }) => sum + lost + repeated,
      0,
    );
  }

  /** Brings {@linkcode lost} up to date. */
  async look(): Promise<void> {
    await Promise.all(this.#scripts.map(({ patience }) => patience.look()));
  }
}

/** How long a program that is about to end may take to say its last words, in milliseconds. */
const LAST_WORDS_MS = 300;

/** How long each step of a proof may take, in milliseconds. */
const PROOF_MS = 1_000;

/**
 * Runs one case.
 *
 * @param yours The programs under test.
 * @param exercise Whose time it takes; one of its own unless told otherwise.
 * @param flags More of Deno's flags for its programs.
 */
export async function runCase(
  check: Check,
  aCase: Case,
  yours: Pair,
  exercise: Exercise = new Exercise(check.limit),
  flags?: ProgramFlags,
): Promise<Verdict> {
  const lesson = lessons.find(({ name }) => name === check.lesson);
  if (!lesson) throw new Error(`Cannot check ${check.lesson}: no such lesson`);
  const ours = pairIn(solutionFolder(check.lesson));
  const isOwn = check.own.includes(aCase) || check.python.includes(aCase);
  startReaper(); // before the folder, which it removes if this process is killed
  using folder = lesson.files && WorkingFolder.make(lesson.files);
  await using script = new Script({
    programs: { your: yours, our: ours },
    permissions: {
      your: lesson[isOwn ? "own" : "exercise"].permissions,
      our: lesson.exercise.permissions,
    },
    address: lesson.address,
    folder: folder?.path,
    python: pythonFolder(check.lesson),
    ...(flags ? { flags } : {}),
  });
  exercise.add(script);
  const verdict = {
    lesson: check.lesson,
    case: aCase,
    number: check.cases.indexOf(aCase) + 1,
    steps: script.steps,
  };
  try {
    await guard(exercise, play(check, aCase, script), exercise.begun);
    return verdict;
  } catch (error) {
    const failure = failureOf(error, exercise);
    const steps = [...script.steps];
    const { seen, message } = failure;
    // A silent program will not end by itself; any other may be about to. What
    // one says because the check hangs up is no reason for anything.
    if (!seen.silent) await script.lastWords(LAST_WORDS_MS);
    const printed = printedBy(script).map((one) => withMistake(one, yours));
    const isOver = error instanceof Hang; // the time of all cases: it says nothing about this one
    const diagnosis = isOver ? {} : await diagnose(
      aCase,
      seen,
      steps.at(-1) ?? "",
      script,
      printed,
    );
    return {
      ...verdict,
      steps,
      failure: { message, seen, printed, ...diagnosis },
    };
  }
}

/** Takes a case's steps. What the lesson's own pair leaves over is not looked at: no learner wrote it. */
async function play(
  { cases }: Check,
  aCase: Case,
  script: Script,
): Promise<void> {
  await aCase.script(script);
  if (cases.includes(aCase)) await findNothingMore(script);
}

/** What went wrong with a case, where it was the program under test. */
function failureOf(error: unknown, { ms }: Exercise): Failure {
  if (error instanceof Failure) return error;
  if (!(error instanceof Hang)) throw error;
  const busy = error.isBusy ? `, and ${error.time} were not enough` : "";
  return Failure.ofSilence(
    error,
    `the exercise took longer than ${ms / 1000} s all told${busy}`,
  );
}

/** What the programs of a script have printed so far. */
function printedBy({ programs }: Script): Printed[] {
  const labels = programs.map(({ label }) => label);
  return programs.map(({ label, stdout, stderr, exit }, i) => ({
    label: labels.indexOf(label) === labels.lastIndexOf(label)
      ? label
      : `${label} (program ${i + 1} of this case)`,
    stdout,
    stderr,
    code: exit?.signal === null ? exit.code : undefined,
  }));
}

/** Adds the mistake that ended a program under test. */
function withMistake(printed: Printed, yours: Pair): Printed {
  const side = /^your (server|client)\b/.exec(printed.label)?.[1];
  const program = yours[side === "server" ? "server" : "client"];
  if (side === undefined || !(program instanceof URL)) return printed;
  const mistake = mistakeIn(printed.stderr, new URL(".", program));
  return mistake ? { ...printed, mistake } : printed;
}

/** Finds the misunderstanding behind a failure, where the case knows it. */
async function diagnose(
  aCase: Case,
  seen: Seen,
  step: string,
  script: Script,
  printed: readonly Printed[],
): Promise<{ misunderstanding?: Misunderstanding; proof?: string[] }> {
  if (seen.isBusy) return {}; // it may have been about to answer
  const decode = (bytes?: Uint8Array) =>
    new TextDecoder().decode(bytes ?? new Uint8Array());
  const yours = printed.filter(({ label }) => label.startsWith("your"));
  const evidence: Evidence = {
    step,
    expected: decode(seen.expected),
    received: decode(seen.received),
    found: seen.found ?? "",
    silent: seen.silent ?? false,
    stdout: yours.map(({ stdout }) => stdout).join(""),
    stderr: yours.map(({ stderr }) => stderr).join(""),
    code: yours.findLast(({ code }) => code !== undefined)?.code,
  };
  for (const misunderstanding of [...aCase.known ?? [], ...COMMON]) {
    if (!misunderstanding.shows(evidence)) continue;
    if (!evidence.silent) return { misunderstanding };
    const proof = await prove(misunderstanding, evidence, script);
    if (proof) return { misunderstanding, proof };
  }
  return {};
}

/** Tries whether a silence has this reason. @returns The steps that showed it; `undefined` where they did not. */
async function prove(
  { proof }: Misunderstanding,
  evidence: Evidence,
  script: Script,
): Promise<string[] | undefined> {
  if (!proof) return undefined;
  const before = script.steps.length;
  try {
    script.patience.ms = PROOF_MS;
    await proof(script, evidence);
    return script.steps.slice(before);
  } catch (error) {
    if (error instanceof Failure || error instanceof NobodyError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a case can be tried on this system. */
export function runsHere({ only }: Case): boolean {
  return only?.includes(Deno.build.os) ?? true;
}

/** Where a program can be sent a Ctrl-C. */
export const WITH_SIGNALS = ["linux", "darwin"] as const;
