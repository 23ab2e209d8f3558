/**
 * A check that follows an answer: it is tried at once, and again whenever one
 * of its files is saved, what failed last time before all else. The terminal's
 * `--watch` and the browser's page show what it tells.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { answerFolder, type Pair, SIDES } from "@lessons/places.ts";
import { type Case, type Check, runsHere, type Verdict } from "../kit/case.ts";
import type { Side } from "../kit/script.ts";
import { AnswerWatch } from "./answer_watch.ts";
import { fillFromStarter } from "./answers.ts";
import {
  chooseCases,
  findMissing,
  loadCheck,
  type Result,
  tryCases,
} from "./checking.ts";
import { tellBoard, toFinding } from "./class/member.ts";
import { findSlips } from "./manners.ts";
import { notePassed } from "./progress.ts";
import { commandsIn, programsIn, rightsOf, sidesGiven } from "./programs.ts";
import { checkTypes, type TypeErrors } from "./type_check.ts";
import { UserError } from "./user/error.ts";
import { titleOf } from "./user/lesson.ts";

/** How many cases are tried at a time: each waits more than it works, and one that fails has soon to be told. */
const WIDTH = 3;

/** How many where all passed last, and will again, more often than not. */
const WIDTH_OF_PASSED = 6;

/** How long after a verdict the types are checked, where nothing else is saved, in milliseconds. */
const QUIET_MS = 300;

/** Something that it tells. */
export type CheckNews =
  /** It cannot begin, in one line. */
  | { readonly type: "problem"; readonly text: string }
  /** It begins: what was saved, and the cases that are tried now. */
  | {
    readonly type: "begun";
    readonly saved: readonly string[];
    readonly cases: readonly Case[];
    /** Those that passed before, and that nothing saved since can have changed. */
    readonly passed: readonly Case[];
    /** What is said of programs that are commands, the first time. */
    readonly rights?: string;
  }
  /** A case is judged: they come in the order in which they were begun. */
  | { readonly type: "judged"; readonly verdict: Verdict }
  /** It is over. */
  | { readonly type: "checked"; readonly result: Result }
  /** A slip that no case can see. */
  | { readonly type: "noticed"; readonly text: string }
  /** What the types are; `undefined` where all is well. */
  | {
    readonly type: "types";
    readonly errors: TypeErrors | undefined;
    readonly isPassed: boolean;
  };

/** What is tried of an answer. */
export interface Wanted {
  /** The number of the only case that is tried, or a text in the names of those that are; all where it is absent. */
  readonly part?: string | undefined;
  /** Whether the cases behind one that failed are tried, too. */
  readonly goesOn: boolean;
}

/** Follows one answer. */
export class LiveCheck implements AsyncDisposable {
  /** The cases that passed and that nothing saved since can have changed. */
  readonly passed = new Set<Case>();
  /** The cases that passed when they were tried last. */
  readonly #passedLast = new Set<Case>();
  /** The case that failed last. */
  #failed: Case | undefined;
  #hasPassed = false;
  /** What the types are, where nothing was saved since they were checked. */
  #types: { readonly errors: TypeErrors | undefined } | undefined;
  /** What is tried. */
  wanted: Wanted;
  readonly #tell: (news: CheckNews) => void;
  #files: AnswerWatch | undefined;
  #running: AbortController | undefined;
  #rights: string | undefined;
  #programs: Pair | undefined;
  /** One thing after another: a save that comes while one is looked at waits. */
  #queue = Promise.resolve();

  private constructor(
    readonly lesson: Lesson,
    /** The lesson's check. */
    readonly check: Check,
    wanted: Wanted,
    tell: (news: CheckNews) => void,
  ) {
    this.wanted = wanted;
    this.#tell = tell;
  }

  /**
   * Begins to follow an answer, which is made where it is missing.
   *
   * @param tell Hears what happens, once it is started.
   * @param onMade Hears the names of the files that were made.
   */
  static async open(
    lesson: Lesson,
    wanted: Wanted,
    tell: (news: CheckNews) => void,
    onMade: (names: readonly string[]) => void = () => {},
  ): Promise<LiveCheck> {
    const check = await loadCheck(lesson);
    const live = new LiveCheck(lesson, check, wanted, tell);
    const folder = answerFolder(lesson.name);
    const given = sidesGiven(await commandsIn(folder));
    onMade(await fillFromStarter(lesson, given));
    live.#files = await AnswerWatch.open(lesson, (files) => {
      live.#forgetSaved(files);
      live.start(files);
    });
    return live;
  }

  /** Whether all cases before this one have passed with the programs as they are now. */
  isFirst(aCase: Case): boolean {
    const { cases } = this.check;
    return cases.slice(0, cases.indexOf(aCase)).filter(runsHere)
      .every((before) => this.passed.has(before));
  }

  /** The programs that were tried last. */
  get programs(): Pair | undefined {
    return this.#programs;
  }

  /** Tries the answer now. @param saved The files that are the reason. */
  async start(saved: readonly string[] = []): Promise<void> {
    const turn = this.#queue.then(() => this.#start(saved));
    this.#queue = turn.catch(() => {}); // whoever asked hears of it
    await turn;
  }

  /** Forgets what it has found: all cases are tried again, in their order. */
  forget(): void {
    this.passed.clear();
    this.#failed = undefined;
    this.#types = undefined;
  }

  /** Ends what goes on; what it has found so far stays untold. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Follows it no longer. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    await this.#files?.[Symbol.asyncDispose]();
  }

  /** Forgets what a saved file may have changed: that cases passed, and the types. */
  #forgetSaved(files: readonly string[]): void {
    this.#types = undefined;
    const isOnly = (side: Side) =>
      files.every((file) => file.startsWith(`${side}.`));
    const other = isOnly("server")
      ? "client"
      : isOnly("client")
      ? "server"
      : undefined;
    for (const aCase of this.passed) {
      if (aCase.role !== other) this.passed.delete(aCase);
    }
  }

  async #start(saved: readonly string[]): Promise<void> {
    this.stop();
    const folder = answerFolder(this.lesson.name);
    const programs = await this.#readPrograms(folder);
    if (!programs) return;
    const missing = await findMissing(folder, programs);
    if (missing) return this.#tell({ type: "problem", text: missing });
    const title = titleOf(this.lesson);
    const all = await chooseCases(this.check, title, this.wanted.part);
    const first = this.wanted.goesOn ? undefined : this.#failed;
    const isFailed = (aCase: Case) => aCase === first;
    const cases = all.filter((aCase) => !this.passed.has(aCase))
      .toSorted((a, b) => Number(isFailed(b)) - Number(isFailed(a)));
    const running = new AbortController();
    this.#running = running;
    const rights = rightsOf(programs);
    const isNew = rights !== undefined && rights !== this.#rights;
    this.#rights = rights;
    this.#programs = programs;
    const passed = [...this.passed]; // as it is now: whoever hears of it late must not count a case twice
    const told = isNew ? { rights } : {};
    this.#tell({ type: "begun", saved, cases, passed, ...told });
    this.#try(cases, programs, folder, running.signal); // not awaited: a save ends it
  }

  /** The answer's programs; what is wrong with the file that names them is one line. */
  async #readPrograms(folder: URL): Promise<Pair | undefined> {
    try {
      return await programsIn(folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#tell({ type: "problem", text: error.message });
      return undefined;
    }
  }

  async #try(
    cases: readonly Case[],
    programs: Pair,
    folder: URL,
    signal: AbortSignal,
  ): Promise<void> {
    const { check, wanted: { part, goesOn } } = this;
    const tell = (news: CheckNews) => {
      if (!signal.aborted) this.#tell(news);
    };
    const result = await tryCases({
      check,
      cases,
      programs,
      width: this.#hasPassed ? WIDTH_OF_PASSED : WIDTH,
      isFirstAlone: cases[0] !== undefined && cases[0] === this.#failed,
      goesOn,
      signal,
      onJudged: (verdict) => {
        if (signal.aborted) return;
        const { case: aCase, failure } = verdict;
        if (!failure) this.passed.add(aCase);
        if (failure) this.#passedLast.delete(aCase);
        else this.#passedLast.add(aCase);
        tell({ type: "judged", verdict });
      },
    });
    if (signal.aborted) return;
    const { failed } = result;
    this.#failed = failed?.case;
    this.#hasPassed = failed === undefined;
    if (part === undefined) {
      const { name } = this.lesson;
      const finding = toFinding(name, this.#passedLast.size, failed);
      tellBoard(finding, failed?.steps); // not awaited: the verdict first
      if (!failed) await notePassed(name);
    }
    tell({ type: "checked", result });
    // The verdict first. What else there is to say may take its time.
    const slips = failed ? [] : await findSlips(check, programs);
    for (const text of slips) tell({ type: "noticed", text });
    await quiet(signal);
    const hasTypes = SIDES.some((side) => programs[side] instanceof URL);
    if (signal.aborted || !hasTypes) return;
    const types = this.#types ?? { errors: await checkTypes(folder, signal) };
    if (signal.aborted) return;
    this.#types = types;
    const { errors } = types;
    tell({ type: "types", errors, isPassed: failed === undefined });
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
