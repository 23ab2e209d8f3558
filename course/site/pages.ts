/**
 * The site's pages and files: those that are the same whether the course is
 * served or written into a folder.
 *
 * @module
 */
import {
  type Announced,
  announced,
  type Lesson,
  lessons,
  orientation,
  runsHere,
} from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { recordLesson, viewsOn } from "../picture.ts";
import { Builder } from "../slides/build.ts";
import { titleOf } from "../user/lesson.ts";
import { draw } from "../wire/view.ts";
import { Code, type Module, versionOf } from "./code.ts";
import type { Guesses, PageGuesses } from "./guesses.ts";
import { fileOfPlace, placeOfFile, upFrom } from "./paths.ts";
import { codeHtml, type Rendered, renderPage } from "./render.ts";
import { searchIndex } from "./search_index.ts";
import { type PageData, paintShell } from "./shell.ts";

/** What the script of a page with text reads. */
export interface LessonData extends PageData {
  /** The page's name: `01_single_shot`. */
  readonly page: string;
  /** Where the page is: `01_single_shot.html`. */
  readonly place: string;
  /** What was said on it before. */
  readonly guesses: PageGuesses;
}

/** How far somebody has come. */
export interface HomeState {
  /** When each lesson was passed, by its name. */
  readonly passed: Readonly<Record<string, string>>;
  /** The next lesson's name; absent where all are passed. */
  readonly next?: string;
  /** Whether there is an answer to it already. */
  readonly hasBegun: boolean;
  /** What was said. */
  readonly guesses: Guesses;
}

/** What the home page's script reads. */
export interface HomeData extends PageData {
  /** How many exercises there are. */
  readonly count: number;
  /** How far somebody has come; absent where the course is not served. */
  readonly state?: HomeState;
}

/** A file of the site. */
export interface SiteFile {
  /** Its media type. */
  readonly type: string;
  /** What is in it. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** What pages have behind the `?` of its address; absent where it may change under its address. */
  readonly version?: string;
}

/** What is known of this learner. */
export interface Known {
  /** How far he has come. */
  readonly state: () => Promise<HomeState>;
}

/** The pages, each made when it is wanted, and made anew when something changes. */
export class SitePages {
  /** The scripts and the style. */
  readonly code = new Code();
  readonly #runs = new Map<string, Promise<string>>();
  readonly #decks = new Builder(false, undefined, (name) => `../${name}.html`);
  #index: Promise<string> | undefined;

  /** Nothing is made yet. @param known What is known of the learner, where the course is served. */
  constructor(readonly known?: Known) {}

  /** Whether the course serves them. */
  get isLive(): boolean {
    return this.known !== undefined;
  }

  /** Forgets what was made: something has changed. */
  forget(): void {
    this.#index = undefined;
    this.#runs.clear();
    this.#decks.forget(true);
  }

  /** A file of the site; `undefined` where there is none. @param place Where it is: `01_single_shot.html`. */
  async file(place: string): Promise<SiteFile | undefined> {
    if (place === "" || place === "index.html") return html(await this.home());
    if (place === "search.json") {
      this.#index ??= searchIndex().then((all) => JSON.stringify(all));
      return { type: "application/json", body: await this.#index };
    }
    const [, scope = "", name] =
      /^packages\/(\w+\/)?([\w-]+)\.js$/.exec(place) ??
        [];
    if (name !== undefined) {
      const wanted = await this.code.package(
        scope === "" ? name : `@${scope}${name}`,
      );
      return wanted && scriptOf(wanted);
    }
    const [, module] = /^code\/(\w+)\.js$/.exec(place) ?? [];
    if (module !== undefined) return await this.#module(module);
    const [, lesson = "", run] = /^wire\/(\d\d_\w+)\.(\d)\.html$/.exec(place) ??
      [];
    if (run !== undefined) return await this.#run(lesson, Number(run));
    const [, deck] = /^decks\/(\w+)\.html$/.exec(place) ?? [];
    if (deck !== undefined) return await this.#deck(deck);
    const [, shown = ""] = /^(\d\d_\w+)\.projector\.html$/.exec(place) ?? [];
    if (lessons.some(({ name }) => name === shown)) {
      return html(await this.#projector(shown, place));
    }
    const file = fileOfPlace(place);
    if (file === undefined) return undefined;
    try {
      return await this.#shown(file, place);
    } catch (error) {
      if (
        error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory
      ) return undefined;
      throw error;
    }
  }

  /** The home page. */
  async home(): Promise<string> {
    const state = await this.known?.state();
    const rows = [orientation, ...lessons, ...announced]
      .toSorted((a, b) => a.number - b.number).map(homeRow);
    const data: HomeData = {
      isLive: this.isLive,
      up: "",
      count: lessons.length,
      ...(state ? { state } : {}),
    };
    return await paintShell({
      place: "index.html",
      title: "Network programming with sockets",
      script: "home",
      data: { ...data },
      bar: COMMON_LINKS,
      body: `<main id="main" class="home" tabindex="-1">
<h1>Network programming with sockets</h1>
<p id="next">${
        this.isLive
          ? ""
          : "To run what the pages show and have your answers checked, get the course and run <code>deno task course</code>."
      }</p>
<p id="passed"></p>
<p id="score" hidden></p>
<ol class="lessons">
${rows.join("\n")}
</ol>
</main>`,
    }, this.code);
  }

  async #module(name: string): Promise<SiteFile | undefined> {
    try {
      return scriptOf(await this.code.own(name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** A run of a lesson's pair, as its page shows it, to be stepped through. */
  async #run(name: string, number: number): Promise<SiteFile | undefined> {
    const lesson = lessons.find((one) => one.name === name);
    const words = lesson && await wordsOfRun(lesson, number);
    if (!lesson || !words) return undefined;
    const key = `${name} ${number}`;
    const run = this.#runs.get(key) ?? paintRun(lesson, words);
    this.#runs.set(key, run);
    return html(await run);
  }

  /** For a projector: the page left and its run right. */
  async #projector(name: string, place: string): Promise<string> {
    const wire = this.isLive ? `wire/${name}.1/` : `wire/${name}.1.html`;
    const data: PageData = { isLive: this.isLive, up: "" };
    const title = name.replaceAll("_", " ");
    return await paintShell({
      place,
      title,
      script: "plain",
      data: { ...data },
      bar: await this.lessonLinks(name),
      body: `<main id="main" class="projector" tabindex="-1">
<h1 class="unseen">${escapeMarkup(title)}</h1>
<iframe src="${name}.html" title="The page"></iframe>
<iframe src="${wire}" title="The run on the wire"></iframe>
</main>`,
    }, this.code);
  }

  async #deck(name: string): Promise<SiteFile | undefined> {
    const { deckNames } = await import("../slides/names.ts");
    const names = await deckNames();
    if (name === "index") return html(await this.#decks.index(names));
    return names.includes(name)
      ? html(await this.#decks.deck(name))
      : undefined;
  }

  async #shown(file: string, place: string): Promise<SiteFile> {
    const url = new URL(file, root);
    if (file.endsWith("/")) return html(await this.#folder(file, place));
    if (file.endsWith(".svg")) {
      return { type: "image/svg+xml", body: await Deno.readFile(url) };
    }
    const text = await Deno.readTextFile(url);
    if (file.endsWith(".md")) return html(await this.#page(file, text, place));
    const ending = file.split(".").at(-1) ?? "";
    return html(
      await this.#plain(place, file, codeHtml(ending, text), []),
    );
  }

  async #folder(file: string, place: string): Promise<string> {
    const items: string[] = [];
    for await (const { name, isFile } of Deno.readDir(new URL(file, root))) {
      const path = `${file}${name}${isFile ? "" : "/"}`;
      const target = placeOfFile(path);
      if (target === undefined) continue;
      items.push(
        `<li><a href="${upFrom(place)}${target}">${
          escapeMarkup(name)
        }</a></li>`,
      );
    }
    return await this.#plain(
      place,
      file,
      `<ul>\n${items.sort().join("\n")}\n</ul>`,
      [],
    );
  }

  async #page(file: string, text: string, place: string): Promise<string> {
    const name = /^lessons\/(\d\d_\w+)\/README\.md$/.exec(file)?.[1];
    const hasScenes = /^(lessons|solutions)\/\d\d_\w+\/README\.md$/.test(file);
    const rendered = await renderPage(file, text, place, hasScenes);
    if (name === undefined) {
      return await this.#plain(
        place,
        rendered.title,
        foldHints(file, rendered.html),
        rendered.contents,
      );
    }
    const state = await this.known?.state();
    const data: LessonData = {
      isLive: this.isLive,
      up: upFrom(place),
      page: name,
      place,
      guesses: state?.guesses[name] ?? {},
    };
    return await paintShell({
      place,
      title: rendered.title,
      script: "lesson",
      data: { ...data },
      bar: await this.lessonLinks(name),
      body: bodyOf(rendered, name),
    }, this.code);
  }

  /** A page that has only text. @param content As HTML. */
  async #plain(
    place: string,
    title: string,
    content: string,
    contents: Rendered["contents"],
  ): Promise<string> {
    const lesson = /^(\d\d_\w+)\./.exec(place)?.[1];
    const hasHeading = content.includes("<h1 ");
    const data: LessonData = {
      isLive: this.isLive,
      up: upFrom(place),
      page: lesson ?? place,
      place,
      guesses: {},
    };
    return await paintShell({
      place,
      title,
      script: "lesson",
      data: { ...data },
      bar: lesson === undefined ? "" : await this.lessonLinks(lesson),
      body: bodyOf({
        html: `${
          hasHeading ? "" : `<h1>${escapeMarkup(title)}</h1>`
        }\n${content}`,
        contents,
        title,
      }),
    }, this.code);
  }

  /** The ways from a lesson's pages to each other. */
  async lessonLinks(name: string): Promise<string> {
    const has = await Deno.stat(new URL(`slides/${name}.md`, root))
      .then(() => true, () => false);
    const lesson = lessons.find((one) => one.name === name);
    const links: [string, string][] = [
      [`${name}.html`, lesson ? `Lesson ${lesson.number}` : "Orientation"],
      ...(lesson && runsHere(lesson) && this.isLive
        ? [[`${name}.exercise.html`, "Exercise"]] satisfies [string, string][]
        : []),
      ...(lesson
        ? [[`${name}.hints.html`, "Hints"]] satisfies [string, string][]
        : []),
      ...(lesson
        ? [[`${name}.projector.html`, "Projector"]] satisfies [
          string,
          string,
        ][]
        : []),
      ...(has
        ? [[`decks/${name}.html`, "Slides"]] satisfies [string, string][]
        : []),
    ];
    return links.map(([href, text]) => `<a href="${href}">${text}</a>`)
      .join("");
  }
}

const SCRIPT = "text/javascript; charset=utf-8";

const COMMON_LINKS =
  `<a href="words.html">The words</a><a href="decks/index.html">Slides</a><a href="about.html">About</a>`;

function scriptOf(module: Module): SiteFile {
  return { type: SCRIPT, body: module.text, version: versionOf(module) };
}

function html(body: string): SiteFile {
  return { type: "text/html; charset=utf-8", body };
}

function homeRow(lesson: Announced): string {
  const { name, number, title, about } = lesson;
  const isHere = lesson === orientation ||
    lessons.some((one) => one.number === number);
  const shown = `${String(number).padStart(2, "0")} ${escapeMarkup(title)}`;
  const deck = isHere ? `<a href="decks/${name}.html">slides</a>` : "";
  return `<li${lesson === orientation ? "" : ` data-lesson="${name}"`}><div>${
    isHere ? `<a href="${name}.html">${shown}</a>` : shown
  }<span>${escapeMarkup(about)}</span></div><span class="state">${
    isHere ? "" : "to come"
  }</span>${deck}</li>`;
}

/** A page's contents and text. @param name The lesson's, where it is one's: the next lesson's page is then at its end. */
function bodyOf({ html, contents }: Rendered, name?: string): string {
  const items = contents.filter(({ level }) => level === 2)
    .map(({ text, anchor }) =>
      `<li><a href="#${anchor}">${
        escapeMarkup(text.replaceAll("`", ""))
      }</a></li>`
    );
  const aside = items.length === 0
    ? ""
    : `<nav class="contents" aria-label="On this page"><ol>\n${
      items.join("\n")
    }\n</ol></nav>\n`;
  const all = [orientation, ...lessons];
  const next = name === undefined
    ? undefined
    : all[all.findIndex((one) => one.name === name) + 1];
  const on = next
    ? `<p class="on"><a href="${next.name}.html">${
      escapeMarkup(`Next: ${titleOf(next)}`)
    }</a></p>`
    : "";
  return `<div class="page">
${aside}<main id="main" tabindex="-1">
${html}
${on}</main>
</div>`;
}

/** Hints are folded: one comes back for the next only if one has to. */
function foldHints(file: string, html: string): string {
  if (!file.endsWith("/hints.md")) return html;
  return html.replaceAll(
    /<section aria-labelledby="([^"]*)">\n<h2 id="[^"]*">(\d+)<\/h2>([\s\S]*?)<\/section>/g,
    '<details class="hint" id="$1"><summary>Hint $2</summary>$3</details>',
  );
}

/** The words of a run on a lesson's page; `undefined` where it has no such run. @param number Which, from 1. */
export async function wordsOfRun(
  { name }: Lesson,
  number: number,
): Promise<readonly string[] | undefined> {
  const text = await Deno.readTextFile(
    new URL(`lessons/${name}/README.md`, root),
  );
  return viewsOn(text)[number - 1]?.words;
}

async function paintRun(
  lesson: Lesson,
  words: readonly string[],
): Promise<string> {
  const recordings = await recordLesson(lesson, words);
  const title = `${titleOf(lesson)}, on the wire`;
  return await draw(recordings, title, { times: false }, "cause").viewer();
}
