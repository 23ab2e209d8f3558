/**
 * `deno task check [N]`: tries a learner's answer.
 *
 * @module
 */
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { answerFolder } from "@lessons/places.ts";
import type { Case } from "../../kit/case.ts";
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
    "deno task check [N | --all] [--watch | --case N|TEXT [--wire]] [--answers DIR]",
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
    flags.watch &&
    (flags.all || flags.case !== undefined || flags.answers !== undefined)
  ) {
    throw new UserError("--watch watches your answer to one lesson, whole");
  }

  const chosen = flags.all
    ? lessons
    : [word === undefined ? await nextLesson() : findLesson(word)];
  if (flags.watch) {
    const { watch } = await import("../watch.ts");
    for (const lesson of chosen) await watch(lesson);
    Deno.exit(0); // a read of the keyboard would still wait
  }
  let passed = true;
  for (const lesson of chosen) {
    const isPassed = flags.answers === undefined
      ? await checkOwn(lesson, flags)
      : await checkFolder(
        lesson,
        await foreignFolder(flags.answers, lesson),
        flags,
      );
    passed &&= isPassed;
  }
  return passed ? 0 : 1;
});

/** The first lesson that is not passed yet; the last one where all are. */
async function nextLesson(): Promise<Lesson> {
  const lesson = firstUnpassed(await readProgress()) ?? lessons.at(-1);
  if (!lesson) throw new Error("Cannot check: the catalogue is empty");
  return lesson;
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
  const isPassed = await checkFolder(lesson, folder, wanted);
  if (wanted.case !== undefined) return isPassed;
  if (isPassed) {
    await notePassed(lesson.name);
    const { loadCheck } = await import("../checking.ts");
    const { findSlips } = await import("../manners.ts");
    const slips = await findSlips(await loadCheck(lesson), folder);
    for (const slip of slips) console.log(`\n${slip}`);
  }
  if (!Deno.stdout.isTerminal()) return isPassed; // a script wants the verdict
  const { checkTypes } = await import("../type_check.ts");
  const { signal } = new AbortController();
  const types = await checkTypes(folder, signal);
  if (types !== "") console.log(`\n${types}`);
  return isPassed;
}

/** Tries the cases until one fails, with the screen of a check. */
async function checkFolder(
  lesson: Lesson,
  folder: URL,
  { case: part, wire: isOnWire, answers }: Wanted,
): Promise<boolean> {
  console.log(`checking ${bold(titleOf(lesson))}: ${placeOf(folder)}`);

  // Loaded only now, so that the line above stands on the screen at once.
  const { chooseCases, findMissing, loadCheck, tryCases } = await import(
    "../checking.ts"
  );
  const { showFailure } = await import("../verdict.ts");
  const { Recorder } = await import("../wire/recorder.ts");
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
    return false;
  }

  using recorder = isOnWire
    ? new Recorder({ frames: lesson.exercise.frames })
    : undefined;
  const { passed, failed } = await tryCases({
    check,
    cases,
    folder,
    width: WIDTH,
    ...(recorder
      ? { flags: (side, label) => recorder.flags(side, label) }
      : {}),
    onPassed: ({ name }) => console.log(`  ${green("ok")}    ${name}`),
  });
  if (failed) console.log(await showFailure(failed, folder, answers));
  const [only] = cases;
  if (recorder && only) await showOnWire(only, recorder);
  if (failed) {
    const rest = cases.length - passed - 1;
    console.log(
      `\n${red("not yet")}: ${passed} passed, 1 failed, ${rest} not tried`,
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
async function showOnWire(aCase: Case, recorder: Recorder): Promise<void> {
  const { draw } = await import("../wire/view.ts");
  const recordings = recorder.recordings();
  if (recordings.length === 0) return;
  const heads = aCase.role === "server"
    ? { client: "the check" }
    : aCase.role === "client"
    ? { server: "the check" }
    : {};
  console.log(`\n${draw(recordings, aCase.name, { heads }).text}`);
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
