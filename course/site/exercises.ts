/**
 * What a page of an exercise asks the course for: its news, its files, its
 * checks and its runs.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { answerFolder } from "@lessons/places.ts";
import { fillFromStarter, setAside } from "../answers.ts";
import { fieldsOf, readBody } from "../browser/body.ts";
import { page, plainText } from "../browser/page_server.ts";
import { runPair } from "../pair.ts";
import { programsIn } from "../programs.ts";
import { UserError } from "../user/error.ts";
import { titleOf } from "../user/lesson.ts";
import { LiveRun } from "../wire/viewer_server.ts";
import { MOST_TEXT, writeAnswer } from "./answer_files.ts";
import { nextHint } from "./exercise_page.ts";
import { Workshop } from "./workshop.ts";

/** The most bytes of a body with a file in it: JSON may take six for a character. */
const MOST_BODY = 6 * MOST_TEXT + 4096;

/** What stands in place of a wire where there is none. */
const NO_WIRE =
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>No wire</title><p>No program of this case can be recorded.`;

/** All exercises that are worked on. */
export class Exercises implements AsyncDisposable {
  readonly #workshops = new Map<string, Workshop>();
  readonly #runs = new Map<string, LiveRun>();

  /**
   * Answers a request below `exercise/01_single_shot/`.
   *
   * @param asked Its method, and what is asked for: `POST save`.
   * @param isOwnPage Whether a page of the course asks: only those may post.
   */
  async answer(
    lesson: Lesson,
    asked: string,
    request: Request,
    isOwnPage: boolean,
  ): Promise<Response | undefined> {
    const [, method, rest] = /^(\w+) mine(\/.*)$/.exec(asked) ?? [];
    if (rest !== undefined) {
      const what = `${method} ${rest}`;
      return await this.#runOf(lesson).answer({ what, isOwnPage });
    }
    const [, number] = /^GET wire\/(\d{1,3})\.html$/.exec(asked) ?? [];
    if (number !== undefined) {
      const wire = await this.#workshopOf(lesson).wireOf(Number(number));
      return page(wire ?? NO_WIRE, "self");
    }
    if (asked === "GET news") return await this.#workshopOf(lesson).listen();
    if (!isOwnPage) return undefined;
    switch (asked) {
      case "POST save":
        return await takeFile(lesson, request);
      case "POST again":
        return await this.#tryAgain(lesson, request);
      case "POST reset": {
        const kept = await setAside(lesson);
        await fillFromStarter(lesson);
        return Response.json({ kept });
      }
      case "POST hint":
        return Response.json(await nextHint(lesson));
    }
    return undefined;
  }

  /** Ends all that goes on. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const run of this.#runs.values()) await run.close();
    for (const workshop of this.#workshops.values()) {
      await workshop[Symbol.asyncDispose]();
    }
  }

  async #tryAgain(lesson: Lesson, request: Request): Promise<Response> {
    const { part, goesOn } = fieldsOf(await readBody(request, 1024));
    const isPart = typeof part === "string" && /^\d{1,3}$/.test(part);
    await this.#workshopOf(lesson)
      .again(isPart ? part : undefined, goesOn === true);
    return new Response(null, { status: 204 });
  }

  #workshopOf(lesson: Lesson): Workshop {
    const known = this.#workshops.get(lesson.name);
    if (known) return known;
    const workshop = new Workshop(lesson, () => {
      this.#workshops.delete(lesson.name);
      workshop[Symbol.asyncDispose]();
    });
    this.#workshops.set(lesson.name, workshop);
    return workshop;
  }

  #runOf(lesson: Lesson): LiveRun {
    const run = this.#runs.get(lesson.name) ?? ownRun(lesson);
    this.#runs.set(lesson.name, run);
    return run;
  }
}

/** Runs the learner's pair whenever a page wants it, with what the catalogue has typed to it. */
function ownRun(lesson: Lesson): LiveRun {
  const title = `your pair of ${titleOf(lesson)}, on the wire`;
  return new LiveRun(title, async (onRecorded) => {
    try {
      const pair = await programsIn(answerFolder(lesson.name));
      return await runPair(lesson, pair, {
        which: "exercise",
        isRecorded: true,
        onRecorded,
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { recordings: [], problem: error };
    }
  }, "self");
}

/** Writes a file of the answer, as the page has it. */
async function takeFile(lesson: Lesson, request: Request): Promise<Response> {
  const { name, text, seen } = fieldsOf(await readBody(request, MOST_BODY));
  const written = typeof name === "string" && typeof text === "string" &&
      typeof seen === "string"
    ? await writeAnswer(lesson.name, name, text, seen)
    : undefined;
  return written
    ? Response.json(written)
    : plainText(400, "that is no file of an answer, or too large");
}
