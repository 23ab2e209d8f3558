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
import { root } from "@lessons/places.ts";
import { plain } from "../kit/plain.ts";
import type { Case, Verdict } from "../kit/case.ts";
import type { Result } from "./checking.ts";
import { hintsOf } from "./hints.ts";
import { type CheckNews, LiveCheck } from "./live_check.ts";
import { noteHints, readProgress } from "./progress.ts";
import { titleOf } from "./user/lesson.ts";
import { showTypeErrors } from "./type_check.ts";
import { showFailure, showStages } from "./verdict.ts";

/** Something that happens. */
type Event =
  | {
    readonly type: "news";
    readonly lesson: Lesson;
    readonly news: CheckNews;
  }
  | { readonly type: "key"; readonly key: string };

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
  #check: LiveCheck | undefined;
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
    await this.#check?.[Symbol.asyncDispose]();
    this.#failed = undefined;
    this.#check = await LiveCheck.open(
      lesson,
      this.#wanted,
      (news) => this.#tell({ type: "news", lesson, news }),
      (made) => {
        for (const name of made) {
          console.log(`made from the starter: answers/${lesson.name}/${name}`);
        }
      },
    );
    await this.#check.start();
  }

  get #wanted() {
    return { part: this.#part, goesOn: this.#goesOn };
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
    if (this.#isTerminal) Deno.stdin.setRaw(false);
    await this.#check?.[Symbol.asyncDispose]();
  }

  #tell(event: Event): void {
    this.#events.push(event);
    this.#news.resolve();
  }

  async #handle(event: Event): Promise<"quit" | void> {
    if (event.type === "key") return await this.#obey(event.key);
    if (event.lesson === this.#check?.lesson) await this.#hear(event.news);
  }

  async #hear(news: CheckNews): Promise<void> {
    const lesson = this.#check?.lesson;
    if (!lesson) return;
    switch (news.type) {
      case "problem":
        return console.log(red(plain(news.text)));
      case "begun": {
        const saved = plain(news.saved.join(", "));
        const why = saved === "" ? "" : ` (${saved} saved)`;
        console.log(`checking ${bold(titleOf(lesson))}…${why}`);
        if (news.rights !== undefined) console.log(dim(plain(news.rights)));
        return;
      }
      case "checked":
        return await this.#showVerdict(news.result);
      case "noticed":
        return console.log(`\n${news.text}`);
      case "types":
        if (news.errors) {
          console.log(`\n${showTypeErrors(news.errors, news.isPassed)}`);
        }
    }
  }

  async #showVerdict({ failed, alsoFailed }: Result): Promise<void> {
    const { lesson, programs, passed } = this.#check ?? {};
    if (!lesson || !programs || !passed) return;
    this.#failed = failed;
    if (this.#isTerminal) console.clear();
    if (failed) {
      console.log(await showFailure(failed, programs));
      if (alsoFailed.length > 0) console.log("\nand these fail, too:");
      for (const { case: { name } } of alsoFailed) console.log(`  ${name}`);
      console.log(`\n${bold("not yet")}: ${titleOf(lesson)}`);
      // What failed last time is tried first: of the stages before it nothing is known then.
      if (this.#check?.isFirst(failed.case)) {
        this.#showStages(lesson, failed.case);
      }
    } else if (this.#part !== undefined) {
      console.log(
        `${green("passed")}: ${titleOf(lesson)}, what was tried of it`,
      );
    } else {
      console.log(
        `${green("passed")}: ${titleOf(lesson)}, all ${passed.size} cases`,
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
    const check = this.#check;
    if (!check) return;
    const { lesson } = check;
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
        check.wanted = this.#wanted;
        await check.start();
        return;
      case "r":
        this.#part = undefined;
        check.wanted = this.#wanted;
        check.forget();
        await check.start();
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
