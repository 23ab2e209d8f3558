/**
 * Serves the course to this machine's browsers.
 *
 * It runs the course's own commands and the learner's answer, as `check` does,
 * and nothing else: a page names what it wants, and never brings a command.
 *
 * @module
 */
import {
  type Lesson,
  lessons,
  orientation,
  runsHere,
} from "@lessons/catalogue.ts";
import { answerFolder, lessonFolder, pairIn } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import {
  type Asked,
  eventOf,
  EventStream,
  page,
  PageServer,
  plainText,
  wholeFile,
} from "../browser/page_server.ts";
import { BadBody, fieldsOf, readBody } from "../browser/body.ts";
import { firstUnpassed } from "../home.ts";
import { keptFolder } from "../kept_file.ts";
import { runPair } from "../pair.ts";
import { optionsOf } from "../picture.ts";
import { readProgress } from "../progress.ts";
import { DeckPages } from "../slides/serve.ts";
import { titleOf } from "../user/lesson.ts";
import { LiveRun } from "../wire/viewer_server.ts";
import { paintComparison } from "./compare_page.ts";
import { paintExercise } from "./exercise_page.ts";
import { Exercises } from "./exercises.ts";
import { keepGuess, readGuess, readGuesses } from "./guesses.ts";
import { type HomeState, SitePages, wordsOfRun } from "./pages.ts";
import { fileOfPlace } from "./paths.ts";
import { findScene, streamScene } from "./scene_run.ts";

/** How many scenes are played at the same time. */
const MOST_SCENES = 2;

/** How long a burst of changes is waited out, in milliseconds. */
const BURST_MS = 30;

/** An exercise's page, the comparison behind it, and what is below it. */
const EXERCISE =
  /^(?:(\d\d_\w+)\.(exercise|compare)\.html|exercise\/(\d\d_\w+)\/(.*))$/;

/** The course, served. */
export class CourseServer implements AsyncDisposable {
  /** Where its home page is. */
  readonly address: string;
  readonly #server: PageServer;
  readonly #pages = new SitePages({ state: readState });
  readonly #decks = new DeckPages((name) => `../${name}.html`);
  readonly #runs = new Map<string, LiveRun>();
  readonly #exercises = new Exercises();
  readonly #news = new EventStream();
  /** How many scenes are being played. */
  #scenes = 0;
  #watcher: Deno.FsWatcher | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Serves until it is closed.
   *
   * @param port Which; 0 for a free one.
   * @param token What the paths begin with.
   * @throws {Deno.errors.AddrInUse} Where the port is taken.
   */
  constructor(port: number, token: string) {
    this.#server = new PageServer({
      port,
      token,
      answer: (asked) => this.#answer(asked),
    });
    this.address = this.#server.address;
  }

  /** Settles when it has been closed. */
  get finished(): Promise<void> {
    return this.#server.finished;
  }

  /** Follows what changes: pages, decks, and what other commands note of this learner. */
  async watch(): Promise<void> {
    this.#pages.code.modulesOf("exercise"); // the first to open one need not wait for it
    await Deno.mkdir(keptFolder, { recursive: true });
    this.#watcher = Deno.watchFs(fromFileUrl(keptFolder), { recursive: false });
    const decks = this.#decks.watch(() => this.#pages.forget());
    for await (const { kind, paths } of this.#watcher) {
      const isKept = paths.some((path) => path.endsWith(".json"));
      if (kind === "access" || !isKept) continue;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#news.send(eventOf("{}")), BURST_MS);
    }
    await decks;
  }

  /** Lets what is under way end. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#decks.close();
    this.#news.close();
    for (const run of this.#runs.values()) await run.close();
    await this.#exercises[Symbol.asyncDispose]();
    await this.#server.close();
  }

  async #answer(asked: Asked): Promise<Response | undefined> {
    try {
      return await this.#answerWell(asked);
    } catch (error) {
      if (!(error instanceof BadBody)) throw error;
      return plainText(error.status, error.message);
    }
  }

  async #answerWell(asked: Asked): Promise<Response | undefined> {
    const [method, path = ""] = asked.what.split(" ");
    const place = decoded(path.slice(1));
    if (method === "POST" && !asked.isOwnPage) {
      return plainText(403, "only the course's own pages do that");
    }
    const live = await this.#answerRun(asked, place) ??
      await this.#answerExercise(asked, place) ??
      await this.#answerScene(asked, place);
    if (live) return live;
    switch (asked.what) {
      case "GET /news":
        return this.#news.open(": here\n\n");
      case "GET /state.json":
        return Response.json(await readState(), {
          headers: { "cache-control": "no-store" },
        });
      case "POST /guess":
        return await takeGuess(asked);
    }
    if (method !== "GET") return undefined;
    if (place.startsWith("decks/")) return await this.#answerDeck(place);
    const file = await this.#pages.file(place);
    if (!file) return undefined;
    return typeof file.body === "string" && file.type.startsWith("text/html")
      ? page(file.body, "self")
      : wholeFile(
        file.type,
        file.body,
        file.version !== undefined && asked.url.search === `?${file.version}`,
      );
  }

  async #answerDeck(place: string): Promise<Response | undefined> {
    const [, name] = /^decks\/(\d\d_\w+)\.page\.html$/.exec(place) ?? [];
    if (name !== undefined) {
      return new Response(null, {
        status: 302,
        headers: { location: `../${name}.html` },
      });
    }
    const what = `GET /${place.slice("decks/".length)}`;
    return await this.#decks.answer({ what });
  }

  /** A lesson's exercise: its page, and what is below `exercise/01_single_shot/`. */
  async #answerExercise(
    { what, request, isOwnPage }: Asked,
    place: string,
  ): Promise<Response | undefined> {
    const [, onPage, kind, below, rest = ""] = EXERCISE.exec(place) ?? [];
    const lesson = lessons.find(({ name }) => name === (onPage ?? below));
    if (!lesson || !runsHere(lesson)) return undefined;
    if (onPage !== undefined) {
      const bar = await this.#pages.lessonLinks(lesson.name);
      const paint = kind === "compare" ? paintComparison : paintExercise;
      return page(await paint(lesson, bar, this.#pages.code), "self");
    }
    const asked = `${what.split(" ")[0]} ${rest}`;
    return await this.#exercises.answer(lesson, asked, request, isOwnPage);
  }

  /** A scene of a page is played: `run/01_single_shot.html`. */
  async #answerScene(
    { what, request }: Asked,
    place: string,
  ): Promise<Response | undefined> {
    if (!what.startsWith("POST ") || !place.startsWith("run/")) {
      return undefined;
    }
    const file = fileOfPlace(place.slice("run/".length)) ?? "";
    const { scene: number } = fieldsOf(await readBody(request, 1024));
    const scene = await findScene(file, Number(number));
    if (!scene) return plainText(400, "there is nothing to be run");
    if (this.#scenes >= MOST_SCENES) {
      return plainText(409, "something runs already: let it end first");
    }
    this.#scenes++;
    const news = streamScene(scene, () => this.#scenes--);
    return new Response(news, {
      headers: {
        "cache-control": "no-store",
        "content-type": "application/x-ndjson",
        "x-content-type-options": "nosniff",
      },
    });
  }

  /** A run of a lesson's pair, live: `wire/01_single_shot.1/` and what is below it. */
  async #answerRun(
    { what, isOwnPage }: Asked,
    place: string,
  ): Promise<Response | undefined> {
    const [, name = "", number, rest = ""] =
      /^wire\/(\d\d_\w+)\.(\d)(\/.*)$/.exec(place) ?? [];
    const lesson = lessons.find((one) => one.name === name);
    if (!lesson) return undefined;
    const key = `${name} ${number}`;
    const words = await wordsOfRun(lesson, Number(number));
    if (!words) return undefined;
    const run = this.#runs.get(key) ?? liveRun(lesson, words);
    this.#runs.set(key, run);
    return await run.answer({
      what: `${what.split(" ")[0]} ${rest}`,
      isOwnPage,
    });
  }
}

/** Runs a lesson's own pair whenever a page wants it. */
function liveRun(lesson: Lesson, words: readonly string[]): LiveRun {
  const title = `${titleOf(lesson)}, on the wire`;
  return new LiveRun(
    title,
    async (onRecorded) =>
      await runPair(lesson, pairIn(lessonFolder(lesson.name)), {
        ...optionsOf(words),
        isRecorded: true,
        onRecorded,
      }),
    "self",
  );
}

async function readState(): Promise<HomeState> {
  const progress = await readProgress();
  const next = firstUnpassed(progress);
  const hasBegun = next !== undefined &&
    await Deno.stat(answerFolder(next.name)).then(() => true, () => false);
  return {
    passed: progress.passed,
    ...(next ? { next: next.name } : {}),
    hasBegun,
    guesses: await readGuesses(),
  };
}

async function takeGuess({ request }: Asked): Promise<Response> {
  const { page = "", key = "", guess: said } = fieldsOf(
    await readBody(request, 8 * 1024),
  );
  const guess = readGuess(said);
  const isKnown = [orientation, ...lessons].some(({ name }) => name === page);
  const isKey = /^(try-this|quiz|guess) \d{1,2}$/.test(String(key));
  if (!guess || !isKnown || !isKey) {
    return plainText(400, "that is no guess of a page");
  }
  await keepGuess(String(page), String(key), guess);
  return new Response(null, { status: 204 });
}

/** A path without its percent signs; the path itself, which is then no page's, where they are wrong. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
