/**
 * `deno task check [N]`: tries a learner's answer.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import type { Case, Check } from "../tests/kit/case.ts";
import type { Tapes } from "./wire/tape.ts";
import { answersFolder, fillFromStarter, findTodos } from "./answers.ts";
import { notePassed, readProgress } from "./progress.ts";
import {
  findLesson,
  root,
  runCommand,
  titleOf,
  unknownFlag,
  UserError,
} from "./terminal.ts";

const USAGE =
  "deno task check [N | --all] [--case N|TEXT [--wire]] [--answers DIR]";

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(async () => {
  const flags = parseArgs(Deno.args, {
    boolean: ["all", "wire"],
    string: ["case", "answers", "_"],
    unknown(flag, key) {
      if (key !== undefined) throw unknownFlag(flag, USAGE);
    },
  });
  const [word, ...tooMany] = flags._.map(String);
  if (tooMany[0] !== undefined) {
    throw new UserError(
      `"${tooMany[0]}" is one word too many; usage: ${USAGE}`,
    );
  }
  if (flags.all && word !== undefined) {
    throw new UserError("--all checks every lesson: it takes no number");
  }
  if (flags.case === "") {
    throw new UserError("--case needs a number or a part of a name");
  }
  if (flags.wire && flags.case === undefined) {
    throw new UserError("--wire shows one case: name it with --case");
  }
  if (flags.answers === "") throw new UserError("--answers needs a folder");

  const chosen = flags.all
    ? lessons
    : [word === undefined ? await nextLesson() : findLesson(word)];
  let passed = true;
  for (const lesson of chosen) {
    const isPassed = flags.answers === undefined
      ? await checkOwn(lesson, flags.case, flags.wire)
      : await checkFolder(
        lesson,
        await foreignFolder(flags.answers, lesson),
        flags.case,
        flags.wire,
      );
    passed &&= isPassed;
  }
  return passed ? 0 : 1;
});

/** The first lesson that is not passed yet; the last one where all are. */
async function nextLesson(): Promise<Lesson> {
  const progress = await readProgress();
  const lesson = lessons.find(({ name }) => !(name in progress)) ??
    lessons.at(-1);
  if (!lesson) throw new Error("Cannot check: the catalogue is empty");
  return lesson;
}

/** A lesson's folder in a folder that the user named, from where the user stands. */
async function foreignFolder(folder: string, lesson: Lesson): Promise<URL> {
  const { resolve } = await import("node:path");
  const { pathToFileURL } = await import("node:url");
  const base = Deno.env.get("INIT_CWD") ?? Deno.cwd(); // `deno task` changes the folder
  return pathToFileURL(`${resolve(base, folder, lesson.name)}/`);
}

/** Checks the learner's own answer, made from the starter where it is missing, and remembers that it passed. */
async function checkOwn(
  lesson: Lesson,
  part?: string,
  isOnWire = false,
): Promise<boolean> {
  const made = await fillFromStarter(lesson);
  if (made.length > 0) {
    console.log(`made from the starter, for you to change:`);
    for (const name of made) console.log(`  answers/${lesson.name}/${name}`);
    console.log();
  }
  const isPassed = await checkFolder(
    lesson,
    answersFolder(lesson),
    part,
    isOnWire,
  );
  if (isPassed && part === undefined) await notePassed(lesson.name);
  return isPassed;
}

/** Runs the cases until one fails, with the screen of a check. */
async function checkFolder(
  lesson: Lesson,
  folder: URL,
  part?: string,
  isOnWire = false,
): Promise<boolean> {
  const where = folder.href.startsWith(root.href)
    ? folder.href.slice(root.href.length)
    : folder.pathname;
  console.log(`checking ${bold(titleOf(lesson))}: ${where}`);

  // Loaded only now, so that the line above stands on the screen at once.
  const { pairIn, runCase, runsHere } = await import("../tests/kit/case.ts");
  const { EXERCISE_MS } = await import("../tests/kit/guard.ts");
  const { report } = await import("../tests/kit/report.ts");
  const { Tapes } = await import("./wire/tape.ts");
  const { check } = await loadCheck(lesson);
  const isChosen = ({ name }: Case, i: number) =>
    part === undefined ||
    (/^\d+$/.test(part) ? String(i + 1) === part : name.includes(part));
  const cases = check.cases.filter(isChosen).filter(runsHere);
  if (cases.length === 0) {
    throw new UserError(
      `no case of ${titleOf(lesson)} has "${part}" in its name; they are:\n${
        check.cases.map(({ name }, i) => `  ${i + 1}. ${name}`).join("\n")
      }`,
    );
  }
  const missing = await missingFiles(folder);
  if (missing.length > 0) {
    console.log(red(`no answer: ${where} has no ${missing.join(" and no ")}`));
    return false;
  }

  const end = performance.now() + EXERCISE_MS;
  for (const [i, aCase] of cases.entries()) {
    const left = Math.max(1, end - performance.now());
    const tapes = isOnWire ? new Tapes(lesson.frames) : undefined;
    const verdict = await runCase(
      check,
      aCase,
      pairIn(folder),
      left,
      tapes && ((side, label) => tapes.flags(side, label)),
    );
    if (!verdict.failure) console.log(`  ${green("ok")}    ${aCase.name}`);
    else {
      console.log(`  ${red("FAIL")}  ${aCase.name}\n`);
      console.log(report(verdict));
    }
    if (tapes) await showOnWire(aCase, tapes);
    if (!verdict.failure) continue;
    const sides = aCase.role === "pair" ? ["server", "client"] : [aCase.role];
    const todos = await findTodos(folder, sides.map((side) => `${side}.ts`));
    if (todos.length > 0) {
      console.log(`\nstill to do:`);
      for (const todo of todos) console.log(`  ${where}${todo}`);
    }
    const rest = cases.length - i - 1;
    console.log(
      `\n${red(`not yet`)}: ${i} passed, 1 failed, ${rest} not tried`,
    );
    return false;
  }
  const many = cases.length === 1
    ? "the one case"
    : `all ${cases.length} cases`;
  console.log(`\n${green("passed")}: ${many}`);
  if (part === undefined) console.log(dim(whatNext(lesson)));
  return true;
}

/** Shows what the programs of a case did. What the check itself did is seen from their side only. */
async function showOnWire(aCase: Case, tapes: Tapes): Promise<void> {
  const { draw } = await import("./wire/file.ts");
  const jsonl = tapes.read().map(({ text }) => text).join("");
  tapes[Symbol.dispose]();
  if (jsonl === "") return;
  const heads = aCase.role === "server"
    ? { client: "the check" }
    : aCase.role === "client"
    ? { server: "the check" }
    : {};
  console.log(`\n${draw(jsonl, aCase.name, { heads }).text}`);
}

async function missingFiles(folder: URL): Promise<string[]> {
  const missing: string[] = [];
  for (const name of ["server.ts", "client.ts"]) {
    const info = await Deno.stat(new URL(name, folder)).catch(() => undefined);
    if (!info?.isFile) missing.push(name);
  }
  return missing;
}

function whatNext(lesson: Lesson): string {
  const next = lessons.find(({ number }) => number > lesson.number);
  return next
    ? `next: ${titleOf(next)}: lessons/${next.name}/README.md`
    : `compare it with ours: solutions/${lesson.name}/README.md`;
}

async function loadCheck(lesson: Lesson): Promise<{ check: Check }> {
  return await import(`../tests/${lesson.name}_test.ts`);
}
