/**
 * `deno task check [N]`: tries a learner's answer.
 *
 * @module
 */
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { answerFolder, type Pair, SIDES } from "@lessons/places.ts";
import { plain } from "../../kit/plain.ts";
import type { Case, Verdict } from "../../kit/case.ts";
import type { Side } from "../../kit/script.ts";
import { fillFromStarter, placeOf } from "../answers.ts";
import { firstUnpassed } from "../home.ts";
import { notePassed, readProgress } from "../progress.ts";
import {
  COMMANDS_FILE,
  commandsIn,
  programsIn,
  rightsOf,
  sidesGiven,
} from "../programs.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userPath } from "../user/file.ts";
import { absenceOf, findLesson, LESSON, titleOf } from "../user/lesson.ts";
import type { Recorder } from "../wire/recorder.ts";

const COMMAND = {
  usage:
    "deno task check [N | --all] [--watch] [--case N|TEXT [--wire]] [--all-failures] [--json | --csv] [--answers DIR [--trust]] [--server COMMAND] [--client COMMAND]",
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
    json: {
      about:
        "says what came of each lesson as a line of JSON, and nothing else",
    },
    csv: {
      about: "says what came of a class as CSV, a line for each learner",
    },
    answers: {
      about:
        "checks a folder of answers that is laid out as answers/ is; or, with --all, a class: a folder with such a folder for each learner",
      value: { name: "DIR", what: "a folder" },
    },
    trust: {
      about: "runs the commands that such a folder names, with your own rights",
    },
    server: {
      about: "tries a server in any language, with your own rights",
      value: { name: "COMMAND", what: "a command" },
    },
    client: {
      about: "tries a client in any language, with your own rights",
      value: { name: "COMMAND", what: "a command" },
    },
  },
  examples: [
    "deno task check 1",
    "deno task check 1 --watch",
    "deno task check 1 --case 2 --wire",
    "deno task check --all --answers DIR",
    'deno task check 1 --server "python3 server.py"',
  ],
} as const;

/** What is wanted of a check. */
interface Wanted {
  readonly case: string | undefined;
  readonly wire: boolean;
  readonly answers: string | undefined;
  readonly "all-failures": boolean;
  readonly json: boolean;
  readonly trust: boolean;
  readonly server: string | undefined;
  readonly client: string | undefined;
}

/** What is tried of a lesson: an answer, or a part of one. */
interface Tried {
  /** What it is called on the screen. */
  readonly called: string;
  /** Its folder, where it has one. */
  readonly folder: URL;
  readonly programs: Pair;
  /** The side that is tried, where it is only one. */
  readonly side?: Side;
}

/** Whether nothing is shown but JSON. */
let isSilent = false;

/** Shows a line to a reader. */
function say(line = ""): void {
  if (!isSilent) console.log(line);
}

/** How many cases are tried at a time: while one waits, another works. */
const WIDTH = 3;

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(COMMAND, async ({ words: [word], flags }) => {
  if (flags.all && word !== undefined) {
    throw new UserError("--all checks every lesson: it takes no number");
  }
  if (flags.wire && flags.case === undefined) {
    throw new UserError("--wire shows one case: name it with --case");
  }
  if (flags.json && flags.csv) {
    throw new UserError("--json and --csv exclude each other");
  }
  if (flags.json && (flags.watch || flags.wire)) {
    throw new UserError("--json is for programs: it goes with no screen");
  }
  if (
    flags.watch && (flags.all || flags.wire || flags.answers !== undefined)
  ) {
    throw new UserError("--watch watches your answer to one lesson");
  }
  const isGiven = sidesGiven(flags).length > 0;
  if (isGiven && (flags.all || flags.watch || flags.answers !== undefined)) {
    throw new UserError(
      `--server and --client are for one check; to keep them, write ${COMMANDS_FILE} beside your answer`,
    );
  }
  if (flags.trust && flags.answers === undefined) {
    throw new UserError("--trust is for the folder that --answers names");
  }

  const chosen = flags.all
    ? lessons
    : [word === undefined ? await nextLesson() : findLesson(word)];
  if (flags.watch) {
    const { watch } = await import("../watch.ts");
    for (const lesson of chosen) await watch(lesson, flags);
    Deno.exit(0); // a read of the keyboard would still wait
  }
  isSilent = flags.json;
  if (flags.all && flags.answers !== undefined) {
    const { checkClass } = await import("../grading/class.ts");
    const isPassed = await checkClass(await userPath(flags.answers), flags);
    if (isPassed !== undefined) return isPassed ? 0 : 1;
  }
  if (flags.csv) {
    throw new UserError(
      "--csv is for a class: --all --answers DIR, with a folder for each learner in DIR",
    );
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
  const absence = absenceOf(lesson);
  if (absence !== undefined) {
    console.log(absence);
    return true;
  }
  if (wanted.answers === undefined) return await checkOwn(lesson, wanted);
  const folder = await foreignFolder(wanted.answers, lesson);
  const { reasonAgainst } = await import("../answer_imports.ts");
  const reason = await reasonAgainst(folder, wanted.trust);
  if (reason === undefined) {
    const programs = await programsIn(folder);
    const tried = { called: placeOf(folder), folder, programs };
    const { useOwnStorage } = await import("../own_storage.ts");
    using _ = await useOwnStorage();
    return (await tryAnswer(lesson, tried, wanted)).isPassed;
  }
  say(`checking ${bold(titleOf(lesson))}: ${placeOf(folder)}`);
  say(red(`not run: ${plain(reason)}`));
  sayJson(lesson, { passed: 0, cases: 0, isPassed: false, reason });
  return false;
}

/** A lesson's folder in a folder that the user named. */
async function foreignFolder(folder: string, lesson: Lesson): Promise<URL> {
  const { pathToFileURL } = await import("node:url");
  return pathToFileURL(`${await userPath(folder)}/${lesson.name}/`);
}

/** Checks the learner's own answer, made from the starter where it is missing, and remembers that it passed. */
async function checkOwn(lesson: Lesson, wanted: Wanted): Promise<boolean> {
  const given = sidesGiven(wanted);
  const [only, ...more] = given;
  if (only && more.length === 0) return await checkSide(lesson, only, wanted);
  const folder = answerFolder(lesson.name);
  const foreign = only ? given : sidesGiven(await commandsIn(folder));
  const made = await fillFromStarter(lesson, foreign);
  if (made.length > 0) {
    say(`made from the starter, for you to change:`);
    for (const name of made) say(`  answers/${lesson.name}/${name}`);
    say();
  }
  const programs = await programsIn(folder, wanted);
  const called = only
    ? plain(given.map((side) => wanted[side]).join(", "))
    : placeOf(folder);
  const tried = { called, folder, programs };
  const { failed, isPassed, passed } = await tryAnswer(lesson, tried, wanted);
  if (wanted.case === undefined) {
    const { tellBoard, toFinding } = await import("../class/member.ts");
    const finding = toFinding(lesson.name, passed, failed);
    await tellBoard(finding, failed?.steps);
  }
  if (wanted.case === undefined && isPassed) {
    await notePassed(lesson.name);
    const { loadCheck } = await import("../checking.ts");
    const { findSlips } = await import("../manners.ts");
    const slips = await findSlips(await loadCheck(lesson), programs);
    for (const slip of slips) say(`\n${slip}`);
  }
  if (SIDES.every((side) => !(programs[side] instanceof URL))) return isPassed;
  const hasMistake = failed?.failure?.printed.some(({ mistake }) => mistake);
  // A script wants the verdict, and types take longer: only where they may explain it.
  if (Deno.stdout.isTerminal() || hasMistake) {
    const { checkTypes, showTypeErrors } = await import("../type_check.ts");
    const errors = await checkTypes(folder);
    if (errors) say(`\n${showTypeErrors(errors, isPassed)}`);
  }
  return isPassed;
}

/** Checks one program in any language, with ours at the other side; what passed is only a half, and not remembered. */
async function checkSide(
  lesson: Lesson,
  side: Side,
  wanted: Wanted,
): Promise<boolean> {
  const folder = answerFolder(lesson.name);
  const programs = await programsIn(folder, wanted);
  const called = plain(wanted[side] ?? "");
  const tried = { called, folder, programs, side };
  return (await tryAnswer(lesson, tried, wanted)).isPassed;
}

/** What a check of an answer found. */
interface Outcome {
  readonly isPassed: boolean;
  /** How many cases passed before the first that failed. */
  readonly passed: number;
  /** The first case that failed, where one did. */
  readonly failed?: Verdict;
}

/** Tries the cases, with the screen of a check. */
async function tryAnswer(
  lesson: Lesson,
  { called, folder, programs, side }: Tried,
  wanted: Wanted,
): Promise<Outcome> {
  const { case: part, wire: isOnWire, answers } = wanted;
  say(`checking ${bold(titleOf(lesson))}: ${called}`);
  const rights = rightsOf(programs, side && [side]);
  if (rights !== undefined) say(dim(plain(rights)));

  // Loaded only now, so that the line above stands on the screen at once.
  const { chooseCases, findMissing, loadCheck, tryCases } = await import(
    "../checking.ts"
  );
  const { showFailure, showStages } = await import("../verdict.ts");
  const { Recorder } = await import("../wire/recorder.ts");
  const { startReaper } = await import("../../kit/reaper.ts");
  const check = await loadCheck(lesson);
  const { sidesOf } = await import("../../kit/case.ts");
  const chosen = await chooseCases(check, titleOf(lesson), part);
  const cases = chosen.filter((aCase) =>
    side === undefined || sidesOf(aCase).every((one) => one === side)
  );
  const isWhole = part === undefined && side === undefined; // a part of the cases reaches no stage
  const counts = { passed: 0, cases: cases.length };
  if (isOnWire && cases.length > 1) {
    throw new UserError(
      `--wire shows one case, and "${part}" is in the names of ${cases.length}`,
    );
  }
  const missing = await findMissing(folder, programs, side && [side]);
  if (missing) {
    say(red(missing));
    sayJson(lesson, { ...counts, isPassed: false, reason: missing });
    return { isPassed: false, passed: 0 };
  }

  startReaper(); // before the recorder's folder, which it removes if this process is killed
  using recorder = isOnWire
    ? new Recorder({ frames: lesson.exercise.frames })
    : undefined;
  const [only] = cases;
  if (recorder && only) await recordCheck(recorder, only, programs);
  const { passed, failed, alsoFailed } = await tryCases({
    check,
    cases,
    programs,
    width: WIDTH,
    goesOn: wanted["all-failures"],
    flags: (one, label) => [
      ...(recorder?.flags(one, label) ?? []),
      ...(answers === undefined ? [] : ["--cached-only"]), // nothing is fetched for a stranger
    ],
    onJudged: ({ case: { name }, failure }) => {
      if (!failure) say(`  ${green("ok")}    ${name}`);
    },
  });
  sayJson(lesson, {
    ...counts,
    passed,
    isPassed: !failed,
    ...(failed ? { failed: failed.case.name } : {}),
    ...(failed?.failure?.misunderstanding
      ? { misunderstanding: failed.failure.misunderstanding.says }
      : {}),
  });
  if (failed) {
    say(await showFailure(failed, programs, flagsAgain(wanted)));
  }
  if (recorder && only) await showOnWire(lesson, only, recorder);
  if (failed) {
    if (alsoFailed.length > 0) say("\nand these fail, too:");
    for (const { case: { name } } of alsoFailed) say(`  ${name}`);
    const count = 1 + alsoFailed.length;
    const rest = cases.length - passed - count;
    say(
      `\n${
        red("not yet")
      }: ${passed} passed, ${count} failed, ${rest} not tried`,
    );
    const stages = isWhole ? showStages(lesson.name, failed.case) : [];
    for (const line of stages) say(line);
    return { isPassed: false, failed, passed };
  }
  const many = cases.length === 1
    ? "the one case"
    : `all ${cases.length} cases`;
  const left = side && part === undefined
    ? `, of the ${side} alone; ${chosen.length - cases.length} need the other`
    : "";
  say(`\n${green("passed")}: ${many}${left}`);
  if (isWhole) {
    const lines = [...showStages(lesson.name), dim(whatNext(lesson))];
    for (const line of lines) say(line);
  }
  return { isPassed: true, passed };
}

/** What came of a lesson, for other programs: `deno task board --import` reads it. */
function sayJson(
  { name }: Lesson,
  came: Omit<Outcome, "failed"> & {
    readonly cases: number;
    readonly failed?: string;
    readonly misunderstanding?: string;
    /** Why nothing was tried, where nothing was. */
    readonly reason?: string;
  },
): void {
  if (!isSilent) return;
  const at = new Date().toISOString();
  console.log(JSON.stringify({ lesson: name, at, ...came }));
}

/** The flags by which a case is tried again with the same programs. */
function flagsAgain(wanted: Wanted): string[] {
  const names = ["answers", "server", "client"] as const;
  return [
    ...names.flatMap((name) => {
      const value = wanted[name];
      return value === undefined ? [] : [`--${name}`, value];
    }),
    ...(wanted.trust ? ["--trust"] : []),
  ];
}

/** Records the check itself where the program that it tries cannot be recorded. */
async function recordCheck(
  recorder: Recorder,
  { role }: Case,
  programs: Pair,
): Promise<void> {
  if (role === "pair" || programs[role] instanceof URL) return;
  await recorder.recordHere(
    role === "server" ? "client" : "server",
    "the check",
  );
}

/** Shows what the programs of a case did, and the check where they could not be recorded: what the other one did is seen from their side only. */
async function showOnWire(
  { number }: Lesson,
  aCase: Case,
  recorder: Recorder,
): Promise<void> {
  const { draw } = await import("../wire/view.ts");
  const { widthOfTerminal } = await import("../wire/terminal.ts");
  const recordings = recorder.recordings();
  if (recordings.length === 0) {
    say(
      dim(
        `\nno program of this case can be recorded; deno task lesson ${number} --mine shows what passes between them`,
      ),
    );
    return;
  }
  const isCheck = recordings.some(({ name }) => name === "the check");
  const { headsOf } = await import("../case_wire.ts");
  const heads = isCheck ? {} : headsOf(aCase);
  const how = { heads, ...widthOfTerminal() };
  say(`\n${draw(recordings, aCase.name, how).text}`);
  if (aCase.role !== "pair" && !isCheck) {
    say(
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
