/**
 * An exercise that a page works on: its files, its check as it goes on, and
 * the wire of its cases.
 *
 * All that happens goes to each page that looks, in the order in which it
 * happens; a page that comes later gets what has happened since the check
 * began.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { stagesOf } from "@lessons/stages.ts";
import type { Case } from "../../kit/case.ts";
import { plain } from "../../kit/plain.ts";
import { countReached, stageOf } from "../../kit/stages.ts";
import { eventOf, EventStream } from "../browser/page_server.ts";
import { canRecord, headsOf, recordCase } from "../case_wire.ts";
import { type CheckNews, LiveCheck } from "../live_check.ts";
import type { TypeErrorPlace } from "../type_check.ts";
import { draw } from "../wire/view.ts";
import { type AnswerFile, readAnswer } from "./answer_files.ts";
import { showFailure, type ShownFailure } from "./failure.ts";

/** A case in the page's list. */
export interface ShownCase {
  /** Its number in the check, from 1. */
  readonly number: number;
  /** What it tries. */
  readonly name: string;
  /** The number of its stage; 0 where there are none. */
  readonly stage: number;
}

/** Something that a page hears. */
export type WorkshopNews =
  /** All cases, in their order. */
  | { readonly type: "cases"; readonly cases: readonly ShownCase[] }
  /** The files of the answer: all of them. */
  | { readonly type: "files"; readonly files: readonly AnswerFile[] }
  /** It cannot be checked, in one line. */
  | { readonly type: "problem"; readonly text: string }
  /** A check begins. */
  | {
    readonly type: "begun";
    /** The number of the check, from 1. */
    readonly run: number;
    /** The cases that are tried. */
    readonly numbers: readonly number[];
    /** Those that passed before, and that nothing saved since can have changed. */
    readonly passed: readonly number[];
    /** The only case that is tried, or nothing. */
    readonly part?: string | undefined;
    /** What is said of programs that are commands. */
    readonly rights?: string;
  }
  /** A case is judged. */
  | {
    readonly type: "judged";
    readonly number: number;
    readonly failure?: ShownFailure;
  }
  /** It is over. */
  | {
    readonly type: "checked";
    readonly isPassed: boolean;
    /** How many stages are reached; absent where only a part was tried. */
    readonly reached?: number;
    /** How many cases were not tried. */
    readonly untried: number;
  }
  /** A slip that no case can see. */
  | { readonly type: "noticed"; readonly text: string }
  /** The type errors: none where all is well. */
  | {
    readonly type: "types";
    readonly places: readonly TypeErrorPlace[];
    readonly text: string;
  };

/** How often it is looked whether a page still looks, in milliseconds; after two looks in vain it ends. */
const LOOK_MS = 15_000;

/** An exercise that is worked on. */
export class Workshop implements AsyncDisposable {
  readonly #pages = new EventStream();
  readonly #place: string;
  readonly #looking: ReturnType<typeof setInterval>;
  /** What has happened since the check began. */
  #news: WorkshopNews[] = [];
  #files: WorkshopNews = { type: "files", files: [] };
  #check: LiveCheck | undefined;
  #opening: Promise<LiveCheck> | undefined;
  #run = 0;
  #tried = 0;
  #wire = new Map<number, Promise<string | undefined>>();
  /** What is told waits for what is made of it before. */
  #telling = Promise.resolve();
  #idle = 0;

  /** Nothing is tried before a page looks. @param onIdle Hears that no page looks any more. */
  constructor(readonly lesson: Lesson, onIdle: () => void) {
    this.#place = `${lesson.name}.exercise.html`;
    this.#looking = setInterval(() => {
      this.#idle = this.#pages.size > 0 ? 0 : this.#idle + 1;
      if (this.#idle >= 2) onIdle();
    }, LOOK_MS);
    Deno.unrefTimer(this.#looking);
  }

  /** All so far for a page that has just come, then what is new. The first one has the answer tried. */
  async listen(): Promise<Response> {
    this.#idle = 0;
    const isFirst = this.#opening === undefined;
    const check = await this.#open();
    if (isFirst) {
      await this.#readFiles();
      check.start();
    }
    await this.#telling;
    const all = [this.#cases(check), this.#files, ...this.#news];
    return this.#pages.open(
      all.map((news) => eventOf(JSON.stringify(news))).join(""),
    );
  }

  /** Tries again: all cases, only one, or on behind one that failed. */
  async again(part: string | undefined, goesOn: boolean): Promise<void> {
    const check = await this.#open();
    check.wanted = { part, goesOn };
    if (part === undefined && !goesOn) check.forget();
    await check.start();
  }

  /** The wire of a case, tried once more, as a page; `undefined` where it cannot be recorded. */
  wireOf(number: number): Promise<string | undefined> {
    const wire = this.#wire.get(number) ?? this.#record(number);
    this.#wire.set(number, wire);
    return wire;
  }

  /** Ends it, for each page that looks. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#looking);
    this.#pages.close();
    const check = await this.#opening;
    await check?.[Symbol.asyncDispose]();
  }

  #cases({ check }: LiveCheck): WorkshopNews {
    const stages = stagesOf(this.lesson.name);
    const cases = check.cases.map((aCase, i) => ({
      number: i + 1,
      name: aCase.name,
      stage: stageOf(aCase, stages)?.number ?? 0,
    }));
    return { type: "cases", cases };
  }

  async #open(): Promise<LiveCheck> {
    this.#opening ??= LiveCheck.open(
      this.lesson,
      { goesOn: false },
      (news) => this.#hear(news),
    );
    return this.#check = await this.#opening;
  }

  async #record(number: number): Promise<string | undefined> {
    const live = await this.#open();
    const aCase = live.check.cases[number - 1];
    const { programs } = live;
    if (!aCase || !programs || !canRecord(aCase, programs)) return undefined;
    const recordings = await recordCase(
      this.lesson,
      live.check,
      aCase,
      programs,
    );
    if (recordings.length === 0) return undefined;
    return await draw(recordings, aCase.name, { heads: headsOf(aCase) })
      .viewer();
  }

  #hear(news: CheckNews): void {
    const turn = this.#telling.then(() => this.#tellOf(news));
    this.#telling = turn.catch((error) =>
      this.#tell({ type: "problem", text: plain(String(error)) })
    );
  }

  async #tellOf(news: CheckNews): Promise<void> {
    const check = this.#check;
    if (!check) return;
    const numberOf = (aCase: Case) => check.check.cases.indexOf(aCase) + 1;
    switch (news.type) {
      case "problem":
        await this.#readFiles();
        this.#news = [];
        return this.#tell({ type: "problem", text: plain(news.text) });
      case "begun":
        await this.#readFiles();
        this.#news = [];
        this.#wire.clear();
        this.#tried = 0;
        return this.#tell({
          type: "begun",
          run: ++this.#run,
          numbers: news.cases.map(numberOf),
          passed: news.passed.map(numberOf),
          part: check.wanted.part,
          ...(news.rights === undefined ? {} : { rights: plain(news.rights) }),
        });
      case "judged": {
        this.#tried++;
        const { verdict } = news;
        const number = numberOf(verdict.case);
        if (!verdict.failure || !check.programs) {
          return this.#tell({ type: "judged", number });
        }
        const failure = await showFailure(
          verdict,
          check.programs,
          this.#place,
        );
        return this.#tell({ type: "judged", number, failure });
      }
      case "checked": {
        const { failed } = news.result;
        const stages = stagesOf(this.lesson.name);
        const isKnown = check.wanted.part === undefined &&
          (!failed || check.isFirst(failed.case));
        return this.#tell({
          type: "checked",
          isPassed: failed === undefined,
          ...(isKnown ? { reached: countReached(stages, failed?.case) } : {}),
          untried: this.#untried(),
        });
      }
      case "noticed":
        return this.#tell({ type: "noticed", text: news.text });
      case "types":
        return this.#tell({
          type: "types",
          places: news.errors?.places ?? [],
          text: news.errors?.text ?? "",
        });
    }
  }

  /** How many of the cases that should be tried were not: one before them failed. */
  #untried(): number {
    const begun = this.#news.find((one) => one.type === "begun");
    return (begun?.numbers.length ?? 0) - this.#tried;
  }

  /** Tells the pages the files, where they are not as they were. */
  async #readFiles(): Promise<void> {
    const files: WorkshopNews = {
      type: "files",
      files: await readAnswer(this.lesson.name),
    };
    const isSame = JSON.stringify(files) === JSON.stringify(this.#files);
    this.#files = files;
    if (!isSame) this.#pages.send(eventOf(JSON.stringify(files)));
  }

  #tell(news: WorkshopNews): void {
    this.#news.push(news);
    this.#pages.send(eventOf(JSON.stringify(news)));
  }
}
