/**
 * `deno task check [N]`: tries a learner's answer.
 *
 * @module
 */
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { answerFolder } from "@lessons/places.ts";
import { plain } from "../../kit/plain.ts";
import type { Case, Verdict } from "../../kit/case.ts";
import { fillFromStarter, placeOf } from "../answers.ts";
import { firstUnpassed } from "../home.ts";
import { notePassed, readProgress } from "../progress.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userPath } from "../user/file.ts";
import { findLesson, LESSON, titleOf } from "../user/lesson.ts";
import type { Recorder } from "../wire/recorder.ts";

const COMMAND = {
  usage:
    "deno task check [N | --all] [--watch] [--case N|TEXT [--wire]] [--all-failures] [--answers DIR]",
  about:
    "Tries your answer to a lesson's exercise, and makes it from the starter first where it is missing.",
  words: [{
    name: "N",
    about: `${LESSON.about}; without it the first that is not passed`,
  }],
  flags: {
    all: { about: "checks every lesson" },
    watch: { about: "checks again whenever you save" },
    case: {
      about: "tries one case, or those with a text in their names",
      value: { name: "N|TEXT", what: "a number or a part of a name" },
    },
    wire: { about: "shows that case on the wire" },
    "all-failures": {
      about: "goes on behind a case that fails, and names all that do",
    },
    answers: {
      about: "checks a folder of answers that is laid out as answers/ is",
      value: { name: "DIR", what: "a folder" },
    },
  },
  examples: [
    "deno task check 1",
    "deno task check 1 --watch",
    "deno task check 1 --case 2 --wire",
    "deno task check --all --answers DIR",
  ],
} as const;

/** What is wanted of a check. */
interface Wanted {
  readonly case: string | undefined;
  readonly wire: boolean;
  readonly answers: string | undefined;
  readonly "all-failures": boolean;
}

/** How many cases are tried at a time: while one waits, another works. */
const WIDTH = 2;

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(COMMAND, async ({ words: [word], flags }) => {
  if (flags.all && word !== undefined) {
    throw new UserError("--all checks every lesson: it takes no number");
  }
  if (flags.wire && flags.case === undefined) {
    throw new UserError("--wire shows one case: name it with --case");
  }
  if (
    flags.watch && (flags.all || flags.wire || flags.answers !== undefined)
  ) {
    throw new UserError("--watch watches your answer to one lesson");
  }

  const chosen = flags.all
    ? lessons
    : [word === undefined ? await nextLesson() : findLesson(word)];
  if (flags.watch) {
    const { watch } = await import("../watch.ts");
    for (const lesson of chosen) await watch(lesson, flags);
    Deno.exit(0); // a read of the keyboard would still wait
  }
  let passed = true;
  for (const lesson of chosen) {
    passed = await checkOne(lesson, flags) && passed;
  }
  return passed ? 0 : 1;
});

/** The first lesson that is not passed yet; the last one where all are. */
async function nextLesson(): Promise<Lesson> {
  const lesson = firstUnpassed(await readProgress()) ?? lessons.at(-1);
  if (!lesson) throw new Error("Cannot check: the catalogue is empty");
  return lesson;
}

/** Checks a lesson's answer: the learner's own, or that in a folder of answers. */
async function checkOne(lesson: Lesson, wanted: Wanted): Promise<boolean> {
  if (wanted.answers === undefined) return await checkOwn(lesson, wanted);
  const folder = await foreignFolder(wanted.answers, lesson);
  const { findStrangeImports } = await import("../answer_imports.ts");
  const strange = await findStrangeImports(folder);
  if (strange.length === 0) {
    return (await checkFolder(lesson, folder, wanted)).isPassed;
  }
  console.log(`checking ${bold(titleOf(lesson))}: ${placeOf(folder)}`);
  console.log(
    red(
      `not run: it imports what is not part of it: ${
        plain(strange.join(", "))
      }`,
    ),
  );
  return false;
}

/** A lesson's folder in a folder that the user named. */
async function foreignFolder(folder: string, lesson: Lesson): Promise<URL> {
  const { pathToFileURL } = await import("node:url");
  return pathToFileURL(`${await userPath(folder)}/${lesson.name}/`);
}

/** Checks the learner's own answer, made from the starter where it is missing, and remembers that it passed. */
async function checkOwn(lesson: Lesson, wanted: Wanted): Promise<boolean> {
  const made = await fillFromStarter(lesson);
  if (made.length > 0) {
    console.log(`made from the starter, for you to change:`);
    for (const name of made) console.log(`  answers/${lesson.name}/${name}`);
    console.log();
  }
  const folder = answerFolder(lesson.name);
  const { failed, isPassed } = await checkFolder(lesson, folder, wanted);
  if (wanted.case === undefined && isPassed) {
    await notePassed(lesson.name);
    const { loadCheck } = await import("../checking.ts");
    const { findSlips } = await import("../manners.ts");
    const slips = await findSlips(await loadCheck(lesson), folder);
    for (const slip of slips) console.log(`\n${slip}`);
  }
  const hasMistake = failed?.failure?.printed.some(({ mistake }) => mistake);
  // A script wants the verdict, and types take longer: only where they may explain it.
  if (Deno.stdout.isTerminal() || hasMistake) {
    const { checkTypes, showTypeErrors } = await import("../type_check.ts");
    const errors = await checkTypes(folder);
    if (errors) console.log(`\n${showTypeErrors(errors, isPassed)}`);
  }
  return isPassed;
}

/** What a check of a folder found. */
interface Outcome {
  readonly isPassed: boolean;
  /** The first case that failed, where one did. */
  readonly failed?: Verdict;
}

/** Tries the cases, with the screen of a check. */
async function checkFolder(
  lesson: Lesson,
  folder: URL,
  {
    case: part,
    wire: isOnWire,
    answers,
    "all-failures": goesOn,
  }: Wanted,
): Promise<Outcome> {
  console.log(`checking ${bold(titleOf(lesson))}: ${placeOf(folder)}`);

  // Loaded only now, so that the line above stands on the screen at once.
  const { chooseCases, findMissing, loadCheck, tryCases } = await import(
    "../checking.ts"
  );
  const { showFailure } = await import("../verdict.ts");
  const { Recorder } = await import("../wire/recorder.ts");
  const { startReaper } = await import("../../kit/reaper.ts");
  const check = await loadCheck(lesson);
  const cases = await chooseCases(check, titleOf(lesson), part);
  if (isOnWire && cases.length > 1) {
    throw new UserError(
      `--wire shows one case, and "${part}" is in the names of ${cases.length}`,
    );
  }
  const missing = await findMissing(folder);
  if (missing) {
    console.log(red(missing));
    return { isPassed: false };
  }

  startReaper(); // before the recorder's folder, which it removes if this process is killed
  using recorder = isOnWire
    ? new Recorder({ frames: lesson.exercise.frames })
    : undefined;
  const { passed, failed, alsoFailed } = await tryCases({
    check,
    cases,
    folder,
    width: WIDTH,
    goesOn,
    flags: (side, label) => [
      ...(recorder?.flags(side, label) ?? []),
      ...(answers === undefined ? [] : ["--cached-only"]), // nothing is fetched for a stranger
    ],
    onPassed: ({ name }) => console.log(`  ${green("ok")}    ${name}`),
  });
  if (failed) console.log(await showFailure(failed, folder, answers));
  const [only] = cases;
  if (recorder && only) await showOnWire(only, recorder);
  if (failed) {
    if (alsoFailed.length > 0) console.log("\nand these fail, too:");
    for (const { case: { name } } of alsoFailed) console.log(`  ${name}`);
    const count = 1 + alsoFailed.length;
    const rest = cases.length - passed - count;
    console.log(
      `\n${
        red("not yet")
      }: ${passed} passed, ${count} failed, ${rest} not tried`,
    );
    return { isPassed: false, failed };
  }
  const many = cases.length === 1
    ? "the one case"
    : `all ${cases.length} cases`;
  console.log(`\n${green("passed")}: ${many}`);
  if (part === undefined) console.log(dim(whatNext(lesson)));
  return { isPassed: true };
}

/** Shows what the programs of a case did. What the check itself did is seen from their side only. */
async function showOnWire(aCase: Case, recorder: Recorder): Promise<void> {
  const { draw } = await import("../wire/view.ts");
  const { widthOfTerminal } = await import("../wire/terminal.ts");
  const recordings = recorder.recordings();
  if (recordings.length === 0) return;
  const heads = aCase.role === "server"
    ? { client: "the check" }
    : aCase.role === "client"
    ? { server: "the check" }
    : {};
  const how = { heads, ...widthOfTerminal() };
  console.log(`\n${draw(recordings, aCase.name, how).text}`);
  if (aCase.role !== "pair") {
    console.log(
      dim("the check itself is not recorded: its bytes have no marks"),
    );
  }
}

function whatNext(lesson: Lesson): string {
  const next = lessons.find(({ number }) => number > lesson.number);
  return next
    ? `next: ${titleOf(next)}: lessons/${next.name}/README.md`
    : `compare it with ours: solutions/${lesson.name}/README.md`;
}
