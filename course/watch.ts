/**
 * `deno task check N --watch`: checks again whenever a file of the answer is
 * saved, until it is told to stop.
 *
 * All that happens comes as an event, and one place handles it.
 *
 * @module
 */
import { bold, dim, green, red } from "@std/fmt/colors";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { answerFolder, type Pair, root, SIDES } from "@lessons/places.ts";
import { plain } from "../kit/plain.ts";
import type { Case, Check, Verdict } from "../kit/case.ts";
import type { Side } from "../kit/script.ts";
import { AnswerWatch } from "./answer_watch.ts";
import { tellBoard, toFinding } from "./class/member.ts";
import { fillFromStarter } from "./answers.ts";
import {
  chooseCases,
  findMissing,
  loadCheck,
  type Result,
  tryCases,
} from "./checking.ts";
import { hintsOf } from "./hints.ts";
import { findSlips } from "./manners.ts";
import { noteHints, notePassed, readProgress } from "./progress.ts";
import { commandsIn, programsIn, rightsOf, sidesGiven } from "./programs.ts";
import { UserError } from "./user/error.ts";
import { titleOf } from "./user/lesson.ts";
import { checkTypes, showTypeErrors } from "./type_check.ts";
import { showFailure, showStages } from "./verdict.ts";

/** Something that happens. */
type Event =
  | { readonly type: "saved"; readonly files: readonly string[] }
  | { readonly type: "key"; readonly key: string }
  | { readonly type: "checked"; readonly run: Run; readonly result: Result }
  | { readonly type: "noticed"; readonly run: Run; readonly text: string };

/** One check, from a save to its verdict. */
interface Run {
  readonly cases: readonly Case[];
  readonly controller: AbortController;
}

/** How many cases are tried at a time. */
const WIDTH = 3;

/** How long after a verdict the types are checked, where nothing else is saved, in milliseconds. */
const QUIET_MS = 300;

/** What is watched of an answer. */
export interface Watched {
  /** The number of the only case that is tried, or a text in the names of those that are. */
  readonly case: string | undefined;
  /** Whether the cases behind one that failed are tried, too. */
  readonly "all-failures": boolean;
}

/** Watches an answer until somebody quits. */
export async function watch(lesson: Lesson, watched: Watched): Promise<void> {
  await using watcher = new Watcher(watched);
  await watcher.open(lesson);
  await watcher.run();
}

class Watcher implements AsyncDisposable {
  readonly #isTerminal = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  readonly #signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  readonly #events: Event[] = [];
  #news = Promise.withResolvers<void>();
  #files: AnswerWatch | undefined;
  #lesson: Lesson | undefined;
  #check: Check | undefined;
  /** The programs that are tried. */
  #programs: Pair | undefined;
  /** What was said of those that are commands. */
  #rights: string | undefined;
  /** The cases that passed and that nothing saved since can have changed. */
  #passed = new Set<Case>();
  #running: Run | undefined;
  #failed: Verdict | undefined;
  /** Which of the lesson's cases are tried. */
  #part: string | undefined;
  #goesOn: boolean;

  constructor(watched: Watched) {
    this.#part = watched.case;
    this.#goesOn = watched["all-failures"];
  }

  /** Turns to a lesson: its answer is made where it is missing, and checked. */
  async open(lesson: Lesson): Promise<void> {
    this.#lesson = lesson;
    this.#check = await loadCheck(lesson);
    this.#passed = new Set();
    this.#failed = undefined;
    const folder = answerFolder(lesson.name);
    const made = await fillFromStarter(
      lesson,
      sidesGiven(await commandsIn(folder)),
    );
    for (const name of made) {
      console.log(`made from the starter: answers/${lesson.name}/${name}`);
    }
    await this.#files?.[Symbol.asyncDispose]();
    this.#files = await AnswerWatch.open(
      lesson,
      (files) => this.#tell({ type: "saved", files }),
    );
    await this.#startCheck();
  }

  /** Handles what happens, until somebody quits. */
  async run(): Promise<void> {
    if (this.#isTerminal) {
      this.#readKeys();
      // The terminal must be set back before the end, so even Ctrl-C goes the usual way.
      for (const signal of this.#signals) {
        Deno.addSignalListener(
          signal,
          () => this.#tell({ type: "key", key: "q" }),
        );
      }
    }
    while (true) {
      const event = this.#events.shift();
      if (!event) {
        await this.#news.promise;
        this.#news = Promise.withResolvers();
      } else if (await this.#handle(event) === "quit") return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#running?.controller.abort();
    if (this.#isTerminal) Deno.stdin.setRaw(false);
    await this.#files?.[Symbol.asyncDispose]();
  }

  #tell(event: Event): void {
    this.#events.push(event);
    this.#news.resolve();
  }

  async #handle(event: Event): Promise<"quit" | void> {
    switch (event.type) {
      case "saved":
        this.#forget(event.files);
        await this.#startCheck(event.files);
        return;
      case "checked":
        if (event.run === this.#running) await this.#showVerdict(event.result);
        return;
      case "noticed":
        if (event.run === this.#running) console.log(`\n${event.text}`);
        return;
      case "key":
        return await this.#obey(event.key);
    }
  }

  /** Forgets that cases passed which a saved file may have changed. */
  #forget(files: readonly string[]): void {
    const isOnly = (side: Side) =>
      files.every((file) => file.startsWith(`${side}.`));
    const other = isOnly("server")
      ? "client"
      : isOnly("client")
      ? "server"
      : undefined;
    for (const aCase of this.#passed) {
      if (aCase.role !== other) this.#passed.delete(aCase);
    }
  }

  async #startCheck(saved: readonly string[] = []): Promise<void> {
    const [lesson, check] = [this.#lesson, this.#check];
    if (!lesson || !check) return;
    this.#running?.controller.abort();
    this.#running = undefined;
    const folder = answerFolder(lesson.name);
    const programs = await this.#readPrograms(folder);
    if (!programs) return;
    const missing = await findMissing(folder, programs);
    if (missing) return console.log(red(missing));
    const why = saved.length > 0 ? ` (${plain(saved.join(", "))} saved)` : "";
    console.log(`checking ${bold(titleOf(lesson))}…${why}`);
    const all = await chooseCases(check, titleOf(lesson), this.#part);
    const cases = all.filter((aCase) => !this.#passed.has(aCase));
    const run: Run = { cases, controller: new AbortController() };
    this.#running = run;
    const rights = rightsOf(programs);
    if (rights !== undefined && rights !== this.#rights) {
      console.log(dim(plain(rights)));
    }
    this.#rights = rights;
    this.#programs = programs;
    this.#try(run, check, folder, programs);
  }

  /** The answer's programs; what is wrong with the file that names them is one line. */
  async #readPrograms(folder: URL): Promise<Pair | undefined> {
    try {
      return await programsIn(folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      console.log(red(plain(error.message)));
      return undefined;
    }
  }

  async #try(
    run: Run,
    check: Check,
    folder: URL,
    programs: Pair,
  ): Promise<void> {
    const { signal } = run.controller;
    const result = await tryCases({
      check,
      cases: run.cases,
      programs,
      width: WIDTH,
      goesOn: this.#goesOn,
      signal,
      onPassed: (aCase) => {
        if (!signal.aborted) this.#passed.add(aCase);
      },
    });
    if (signal.aborted) return;
    this.#tell({ type: "checked", run, result });
    // The verdict first. What else there is to say may take its time.
    const slips = result.failed ? [] : await findSlips(check, programs);
    for (const text of slips) this.#tell({ type: "noticed", run, text });
    await quiet(signal);
    if (signal.aborted) return;
    const hasTypes = SIDES.some((side) => programs[side] instanceof URL);
    const errors = hasTypes && await checkTypes(folder, signal);
    if (!errors) return;
    const text = showTypeErrors(errors, result.failed === undefined);
    this.#tell({ type: "noticed", run, text });
  }

  async #showVerdict({ failed, alsoFailed }: Result): Promise<void> {
    const [lesson, programs] = [this.#lesson, this.#programs];
    if (!lesson || !programs) return;
    this.#failed = failed;
    if (this.#part === undefined) {
      const finding = toFinding(lesson.name, this.#passed.size, failed);
      tellBoard(finding, failed?.steps); // not awaited: the verdict first
    }
    if (this.#isTerminal) console.clear();
    if (failed) {
      console.log(await showFailure(failed, programs));
      if (alsoFailed.length > 0) console.log("\nand these fail, too:");
      for (const { case: { name } } of alsoFailed) console.log(`  ${name}`);
      console.log(`\n${bold("not yet")}: ${titleOf(lesson)}`);
      this.#showStages(lesson, failed.case);
    } else if (this.#part !== undefined) {
      console.log(
        `${green("passed")}: ${titleOf(lesson)}, what was tried of it`,
      );
    } else {
      await notePassed(lesson.name);
      console.log(
        `${green("passed")}: ${
          titleOf(lesson)
        }, all ${this.#passed.size} cases`,
      );
      this.#showStages(lesson);
    }
    if (this.#isTerminal) console.log(dim(this.#keys()));
  }

  /** Says how far the answer has come; a part of the cases cannot tell. */
  #showStages({ name }: Lesson, failed?: Case): void {
    if (this.#part !== undefined) return;
    for (const line of showStages(name, failed)) console.log(line);
  }

  #keys(): string {
    const wire = this.#failed ? "  w the case on the wire" : "";
    const next = this.#failed ? "" : "  n next lesson";
    const all = this.#failed && !this.#goesOn ? "  a all failures" : "";
    return `h hint  l the lesson${wire}${next}${all}  r check all again  q quit`;
  }

  async #obey(key: string): Promise<"quit" | void> {
    const lesson = this.#lesson;
    if (!lesson) return;
    switch (key) {
      case "q":
      case "\x03": // Ctrl-C, where the terminal passes it on
        return "quit";
      case "h":
        await showNextHint(lesson);
        return;
      case "l":
        await runTool("lesson", String(lesson.number));
        console.log(`its page: lessons/${lesson.name}/README.md`);
        return;
      case "w":
        if (this.#failed) {
          const number = String(this.#failed.number);
          await runTool(
            "check",
            String(lesson.number),
            "--case",
            number,
            "--wire",
          );
        } else console.log("no case has failed");
        return;
      case "a":
        this.#goesOn = true;
        await this.#startCheck();
        return;
      case "r":
        this.#part = undefined;
        this.#passed.clear();
        await this.#startCheck();
        return;
      case "n":
        await this.#openNext(lesson);
        return;
      default:
        console.log(dim(this.#keys()));
    }
  }

  async #openNext(lesson: Lesson): Promise<void> {
    const next = lessons.find(({ number }) => number > lesson.number);
    const { passed } = await readProgress();
    if (!(lesson.name in passed)) console.log("this one is not passed yet");
    else if (!next) console.log("this is the last lesson");
    else {
      this.#part = undefined; // a case of the lesson before
      await this.open(next);
    }
  }

  async #readKeys(): Promise<void> {
    // With "cbreak" Ctrl-C stays a signal; on Windows, which has none, it comes as a key.
    Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
    const buffer = new Uint8Array(16);
    while (true) {
      const count = await Deno.stdin.read(buffer);
      if (count === null) return;
      const text = new TextDecoder().decode(buffer.subarray(0, count));
      for (const key of text) this.#tell({ type: "key", key });
    }
  }
}

/** Waits until nothing has been saved for a while: types take longer to check than somebody in full swing takes to save. */
async function quiet(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, QUIET_MS);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

async function showNextHint(lesson: Lesson): Promise<void> {
  const hints = await hintsOf(lesson);
  const { hints: { [lesson.name]: shown = 0 } } = await readProgress();
  const number = Math.min(shown + 1, hints.length);
  console.log(
    `\nhint ${number} of ${hints.length}\n\n${hints[number - 1] ?? ""}`,
  );
  await noteHints(lesson.name, number);
}

/** Runs another command of the tool on the same screen. */
async function runTool(name: string, ...args: string[]): Promise<void> {
  const { execPath, Command } = Deno;
  await new Command(execPath(), {
    args: [
      "run",
      "-q",
      "--lock=deno.lock",
      "-P",
      `course/commands/${name}.ts`,
      ...args,
    ],
    cwd: root,
    stdin: "null",
  }).spawn().status;
}
