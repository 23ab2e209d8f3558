/**
 * Checking the answers of a class: a folder with a folder for each learner, in
 * which stands what a learner's `answers/` holds.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import stringWidth from "string-width";
import { type Lesson, lessons, runsHere } from "@lessons/catalogue.ts";
import { plain } from "../../kit/plain.ts";
import { reasonAgainst } from "../answer_imports.ts";
import { chooseCases, findMissing, loadCheck, tryCases } from "../checking.ts";
import { useOwnStorage } from "../own_storage.ts";
import { programsIn } from "../programs.ts";
import { cellOf } from "../user/csv.ts";
import { UserError } from "../user/error.ts";
import { titleOf } from "../user/lesson.ts";
import {
  type Found,
  KeptVerdicts,
  printOf,
  printOfChecks,
} from "./kept_verdicts.ts";

/** How many cases are tried at a time. */
const WIDTH = 4;

/** How wide a name is on the screen, at most. */
const NAME_WIDTH = 24;

/** How a class is checked. */
export interface ClassOptions {
  /** Whether lines of JSON are printed, one for each answer. */
  readonly json: boolean;
  /** Whether lines of CSV are printed, one for each learner. */
  readonly csv: boolean;
  /** Whether the commands that a folder names are run. */
  readonly trust: boolean;
}

/** What was found of a learner. */
interface Learner {
  readonly name: string;
  readonly found: readonly Found[];
  /** How long that took, in seconds; 0 where all was known. */
  readonly seconds: number;
}

/** The names of the learners' folders; none where the folder holds one learner's answers itself. */
async function learnersIn(folder: string): Promise<string[]> {
  const names = await foldersIn(folder);
  if (names.some(isLesson)) return [];
  const learners: string[] = [];
  for (const name of names) {
    if ((await foldersIn(`${folder}/${name}`)).some(isLesson)) {
      learners.push(name);
    }
  }
  return learners.sort();
}

/**
 * Checks the answers of a class, and prints what comes of it.
 *
 * @returns Whether all of them pass; `undefined` where the folder holds no class.
 */
export async function checkClass(
  folder: string,
  options: ClassOptions,
): Promise<boolean | undefined> {
  const names = await learnersIn(folder);
  if (names.length === 0) return undefined;
  const { csv, json } = options;
  using kept = await KeptVerdicts.open(folder);
  const checks = printOfChecks();
  const tried = lessons.filter(runsHere);
  if (csv) console.log(headOf(tried));
  const all: Learner[] = [];
  for (const name of names) {
    const place = pathToFileURL(`${folder}/${name}/`);
    const answers = tried.map((lesson) => {
      const answer = new URL(`${lesson.name}/`, place);
      const trust = String(options.trust);
      const mark = printOf(name, lesson.name, answer, checks, trust);
      return { lesson, answer, mark, known: mark && kept.get(mark) };
    });
    const isNew = answers.some(({ known }) => !known);
    using _ = isNew ? await useOwnStorage() : undefined;
    const begin = performance.now();
    const found: Found[] = [];
    for (const { lesson, answer, mark, known } of answers) {
      const { isSure, ...one } = known
        ? { ...known, isSure: false } // it is kept already
        : await checkAnswer(name, lesson, answer, options);
      if (isSure && mark !== undefined) kept.keep(mark, one);
      found.push(one);
    }
    const seconds = isNew ? (performance.now() - begin) / 1000 : 0;
    const learner = { name, found, seconds };
    all.push(learner);
    if (csv) console.log(rowOf(learner));
    else if (json) {
      for (const one of found) console.log(JSON.stringify(one));
    } else console.log(lineOf(learner, tried));
  }
  if (!csv && !json) console.log(tableOf(all, tried).join("\n"));
  return all.every(({ found }) => found.every(({ isPassed }) => isPassed));
}

/** Checks one answer. @returns What was found, and whether it would be found again: a busy machine may be to blame. */
async function checkAnswer(
  learner: string,
  lesson: Lesson,
  answer: URL,
  { trust }: ClassOptions,
): Promise<Found & { readonly isSure: boolean }> {
  const none = { passed: 0, cases: 0, isPassed: false };
  const found = (
    came: Omit<Found, "learner" | "lesson" | "at">,
    isSure = true,
  ) => ({
    ...{ learner, lesson: lesson.name, at: new Date().toISOString() },
    ...came,
    isSure,
  });
  try {
    const reason = await reasonAgainst(answer, trust);
    if (reason !== undefined) return found({ ...none, reason: plain(reason) });
    const programs = await programsIn(answer);
    const missing = await findMissing(answer, programs);
    if (missing !== undefined) return found({ ...none, reason: "no answer" });
    const check = await loadCheck(lesson);
    const cases = await chooseCases(check, titleOf(lesson));
    const { passed, failed } = await tryCases({
      ...{ check, cases, programs, width: WIDTH },
      flags: () => ["--cached-only"], // nothing is fetched for a stranger
    });
    const idea = failed?.failure?.misunderstanding?.says;
    return found({
      ...{ passed, cases: cases.length, isPassed: !failed },
      ...(failed ? { failed: failed.case.name } : {}),
      ...(idea === undefined ? {} : { misunderstanding: idea }),
    }, !failed?.failure?.seen.isBusy);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return found({ ...none, reason: plain(error.message) });
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory && !name.startsWith(".")) names.push(name);
    }
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!isNone) throw error;
  }
  return names;
}

function isLesson(name: string): boolean {
  return lessons.some((lesson) => lesson.name === name);
}

function numberOf({ number }: Lesson): string {
  return String(number).padStart(2, "0");
}

function headOf(tried: readonly Lesson[]): string {
  return ["learner", "passed", ...tried.map(numberOf)].map(cellOf).join(",");
}

/** A learner as a row of CSV: of each lesson how many cases passed, of how many; nothing where none was tried. */
function rowOf({ name, found }: Learner): string {
  const cells = found.map(({ passed, cases }) =>
    cases === 0 ? "" : `${passed} of ${cases}`
  );
  const count = found.filter(({ isPassed }) => isPassed).length;
  return [name, count, ...cells].map(cellOf).join(",");
}

/** A learner on a line: how many lessons pass, how long that took, and where the first does not. */
function lineOf(learner: Learner, tried: readonly Lesson[]): string {
  const { found, seconds } = learner;
  const count = found.filter(({ isPassed }) => isPassed).length;
  const first = found.find(({ isPassed, cases }) => !isPassed && cases > 0);
  const lesson = tried.find(({ name }) => name === first?.lesson);
  const what = first && lesson
    ? `  not yet: ${numberOf(lesson)}, ${first.failed}`
    : "";
  const took = seconds === 0 ? "known" : `${seconds.toFixed(1)} s`;
  return `${nameOf(learner)} ${count} of ${found.length} ${
    took.padStart(7)
  }${what}`.slice(0, 200);
}

/** All learners: a column for each lesson. */
function tableOf(all: readonly Learner[], tried: readonly Lesson[]): string[] {
  const head = tried.map((lesson) => numberOf(lesson).padStart(4)).join("");
  const rows = all.map((learner) => {
    const cells = learner.found.map(({ isPassed, cases, passed }) =>
      (isPassed ? "ok" : cases === 0 ? "-" : String(passed)).padStart(4)
    );
    return nameOf(learner) + cells.join("");
  });
  const took = all.map(({ seconds }) => seconds).filter((s) => s > 0);
  const sum = took.reduce((a, b) => a + b, 0);
  const passing = tried.map(({ name }) =>
    String(
      all.filter(({ found }) =>
        found.some(({ lesson, isPassed }) => lesson === name && isPassed)
      ).length,
    ).padStart(4)
  );
  return [
    "",
    "".padEnd(NAME_WIDTH) + head,
    ...rows,
    "pass".padEnd(NAME_WIDTH) + passing.join(""),
    "",
    "ok: all cases; a number: so many before the first that fails; -: not tried",
    `${all.length} learners, ${took.length} checked now in ${sum.toFixed(0)} s${
      took.length > 0 ? `, ${(sum / took.length).toFixed(1)} s each` : ""
    }`,
  ];
}

/** A learner's name, as wide as all others on the screen. */
function nameOf({ name }: Learner): string {
  let shown = "";
  for (const letter of plain(name)) {
    if (stringWidth(shown + letter) > NAME_WIDTH - 1) break;
    shown += letter;
  }
  return shown + " ".repeat(NAME_WIDTH - stringWidth(shown));
}
