/**
 * Cases: what a check tries, as values. `deno test` registers them, the tool
 * runs them itself with its own screen.
 *
 * @module
 */
import { lessons, permissionsOf } from "@lessons/catalogue.ts";
import { Failure, type Seen } from "./failure.ts";
import { EXERCISE_MS, guard, Hang } from "./guard.ts";
import { hasPython } from "./python.ts";
import { startReaper } from "./reaper.ts";
import { report } from "./report.ts";
import { type Pair, type ProgramFlags, Script, type Side } from "./script.ts";
import { WorkingFolder } from "./working_folder.ts";

/** A wrong idea that shows in what a program does. */
export interface Misunderstanding {
  /** Its name, a sentence: `this is what a program does that …`. */
  readonly says: string;
  /** The heading in the lesson's README under which it is cleared up. */
  readonly read: string;
  /** Tells by what a case has seen whether this is it. */
  readonly shows: (evidence: Evidence) => boolean;
}

/** What a misunderstanding is recognised by. */
export interface Evidence {
  /** The bytes that should have come, as text; empty where none were in question. */
  readonly expected: string;
  /** The bytes that came, as text. */
  readonly received: string;
  /** What was found, where it was no bytes that came; empty elsewhere. */
  readonly found: string;
  /** True where something was waited for in vain. */
  readonly silent: boolean;
  /** What the program under test printed. */
  readonly stdout: string;
  /** What it wrote on stderr. */
  readonly stderr: string;
  /** Its exit code, where it ended by itself. */
  readonly code: number | undefined;
}

/** One thing that a check tries. */
export interface Case {
  /** A sentence about what the program does when: `server answers nothing when the client leaves without a word`. */
  readonly name: string;
  /** Whose behaviour is tried. */
  readonly role: Side | "pair";
  /** What is done and expected, in steps. */
  readonly script: (script: Script) => Promise<void>;
  /** The systems on which it can be tried; all of them unless told otherwise. */
  readonly only?: readonly (typeof Deno.build.os)[];
  /** Whether another case does the very same where the answer is our own solution. */
  readonly isTwin?: boolean;
  /** The misunderstandings that this case would bring to light. */
  readonly known?: readonly Misunderstanding[];
}

/** All that is tried of one lesson's exercise. */
export interface Check {
  /** The lesson's name, `NN_name`. */
  readonly lesson: string;
  /** In the order in which a learner should meet them. */
  readonly cases: readonly Case[];
  /** The lesson's own pair against classic Python programs, tried where `python3` is found. */
  readonly interop: readonly Case[];
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
  };
}

/** How long a program that is about to end may take to say its last words, in milliseconds. */
const LAST_WORDS_MS = 300;

const root = new URL("../../", import.meta.url);

/** The two programs in a folder. */
export function pairIn(folder: URL): Pair {
  return {
    server: new URL("server.ts", folder),
    client: new URL("client.ts", folder),
  };
}

/** The folder of a lesson's solution. */
export function solutionFolder(lesson: string): URL {
  return new URL(`solutions/${lesson}/`, root);
}

/**
 * Runs one case.
 *
 * @param yours The programs under test.
 * @param limit How long it may take, in milliseconds.
 * @param flags More of Deno's flags for its programs.
 */
export async function runCase(
  check: Check,
  aCase: Case,
  yours: Pair,
  limit: number = EXERCISE_MS,
  flags?: ProgramFlags,
): Promise<Verdict> {
  const lesson = lessons.find(({ name }) => name === check.lesson);
  if (!lesson) throw new Error(`Cannot check ${check.lesson}: no such lesson`);
  const ours = pairIn(solutionFolder(check.lesson));
  const isInterop = check.interop.includes(aCase); // it tries the lesson's own pair
  using folder = lesson.files && WorkingFolder.make(lesson.files);
  await using script = new Script({
    programs: { your: yours, our: ours },
    permissions: {
      your: permissionsOf(lesson, isInterop ? "lesson" : "exercise"),
      our: permissionsOf(lesson, "exercise"),
    },
    folder: folder?.path,
    python: new URL(`tests/python/${check.lesson}/`, root),
    ...(flags ? { flags } : {}),
  });
  const verdict = {
    lesson: check.lesson,
    case: aCase,
    number: check.cases.indexOf(aCase) + 1,
    steps: script.steps,
  };
  try {
    await guard(limit, aCase.script(script));
    return verdict;
  } catch (error) {
    const isHang = error instanceof Hang;
    if (!(error instanceof Failure || isHang)) throw error;
    const message = isHang
      ? `the exercise took longer than ${EXERCISE_MS / 1000} s all told`
      : error.message;
    const seen = isHang ? { silent: true } : error.seen;
    // A silent program will not end by itself; any other may be about to.
    await script.end(seen.silent ? 0 : LAST_WORDS_MS);
    const printed = script.programs.map((program) => ({
      label: program.label,
      stdout: program.stdout,
      stderr: program.stderr,
      code: program.exit?.signal === null ? program.exit.code : undefined,
    }));
    return {
      ...verdict,
      failure: {
        message,
        seen,
        printed,
        ...diagnose(aCase, seen, printed),
      },
    };
  }
}

function diagnose(
  aCase: Case,
  seen: Seen,
  printed: readonly Printed[],
): { misunderstanding?: Misunderstanding } {
  const decode = (bytes?: Uint8Array) =>
    new TextDecoder().decode(bytes ?? new Uint8Array());
  const yours = printed.filter(({ label }) => label.startsWith("your"));
  const evidence: Evidence = {
    expected: decode(seen.expected),
    received: decode(seen.received),
    found: seen.found ?? "",
    silent: seen.silent ?? false,
    stdout: yours.map(({ stdout }) => stdout).join(""),
    stderr: yours.map(({ stderr }) => stderr).join(""),
    code: yours.find(({ code }) => code !== undefined)?.code,
  };
  const misunderstanding = aCase.known?.find(({ shows }) => shows(evidence));
  return misunderstanding ? { misunderstanding } : {};
}

/**
 * Registers a check with `deno test`: against the solution, or against the
 * folder after `-- --answers`.
 *
 * It does nothing where the check's module was imported for its cases: by the
 * tool, or by another test.
 *
 * @param module The URL of the check's module, `import.meta.url`.
 */
export function register(check: Check, module: string): void {
  if (Deno.mainModule !== module) return;
  startReaper();
  const folder = folderUnderTest(check.lesson);
  const isOurs = folder.href === solutionFolder(check.lesson).href;
  const yours = pairIn(folder);
  for (const aCase of check.cases.filter(runsHere)) {
    if (isOurs && aCase.isTwin) continue;
    Deno.test(`${check.lesson}: ${aCase.name}`, () =>
      mustPass(check, aCase, yours));
  }
  const ignore = !hasPython();
  for (const aCase of check.interop) {
    const name = `${check.lesson}: ${aCase.name}${
      ignore ? " (skipped: python3 was not found)" : ""
    }`;
    const lesson = pairIn(new URL(`lessons/${check.lesson}/`, root));
    Deno.test({ name, ignore, fn: () => mustPass(check, aCase, lesson) });
  }
}

/** Whether a case can be tried on this system. */
export function runsHere({ only }: Case): boolean {
  return only?.includes(Deno.build.os) ?? true;
}

/** Where a program can be sent a Ctrl-C. */
export const WITH_SIGNALS = ["linux", "darwin"] as const;

async function mustPass(check: Check, aCase: Case, yours: Pair): Promise<void> {
  const verdict = await runCase(check, aCase, yours);
  if (verdict.failure) throw new Error(`\n${report(verdict)}`);
}

function folderUnderTest(lesson: string): URL {
  const flag = Deno.args.indexOf("--answers");
  const folder = Deno.args[flag + 1];
  if (flag === -1) return solutionFolder(lesson);
  if (folder === undefined) throw new Error("--answers needs a folder");
  const path = folder.replace(/\/$/, "").replace(/[%#?]/g, encodeURIComponent);
  return new URL(`${path}/${lesson}/`, root);
}
