/**
 * Builds decks: from Markdown to pages.
 *
 * @module
 */
import { type Deck, readDeck } from "./deck.ts";
import { Runs } from "./figure.ts";
import { deckNames } from "./names.ts";
import {
  brokenHtml,
  deckHtml,
  indexHtml,
  type IndexRow,
  lessonHtml,
} from "./html.ts";
import { pageHtml } from "./page.ts";
import { BrokenDeck } from "./problem.ts";

/** The style sheet of all pages. */
const THEME = new URL("theme.css", import.meta.url);

/** Builds pages, and keeps each until something changes. */
export class Builder {
  readonly #decks = new Map<string, Promise<Deck>>();

  readonly #runs: Runs;

  /**
   * A builder.
   *
   * @param isLive Whether its pages are served, and reload themselves.
   * @param runs Those that were run already.
   * @param pageOf Where a deck finds its lesson's page, where that is not beside it.
   */
  constructor(
    readonly isLive: boolean,
    runs: Runs = new Runs(),
    readonly pageOf?: (name: string) => string,
  ) {
    this.#runs = runs;
  }

  /**
   * A deck as HTML. Where it is served and broken, the page says what is wrong.
   *
   * @throws {BrokenDeck} Where it is not served.
   */
  async deck(name: string): Promise<string> {
    const options = await this.#options();
    try {
      return deckHtml(await this.#read(name), options);
    } catch (error) {
      if (!(error instanceof BrokenDeck) || !this.isLive) throw error;
      return brokenHtml(error.problems, options);
    }
  }

  /** The page of a deck's lesson as HTML. */
  async page(name: string): Promise<string> {
    return lessonHtml(name, await pageHtml(name), await this.#options());
  }

  /** The index of some decks as HTML. @throws {BrokenDeck} Where one is broken, and they are not served. */
  async index(names: readonly string[]): Promise<string> {
    const rows = names.map(async (name): Promise<IndexRow> => {
      try {
        return { name, deck: await this.#read(name) };
      } catch (error) {
        if (!(error instanceof BrokenDeck) || !this.isLive) throw error;
        return { name, deck: error.message };
      }
    });
    return indexHtml(await Promise.all(rows), await this.#options());
  }

  /** Forgets what it has built. @param isLesson Whether a lesson has changed, so that its runs may have, too. */
  forget(isLesson: boolean): void {
    this.#decks.clear();
    if (isLesson) this.#runs.clear();
  }

  #read(name: string): Promise<Deck> {
    const deck = this.#decks.get(name) ?? readDeck(name, this.#runs);
    this.#decks.set(name, deck);
    return deck;
  }

  async #options() {
    const { isLive, pageOf } = this;
    const theme = await Deno.readTextFile(THEME);
    return { theme, isLive, ...(pageOf ? { pageOf } : {}) };
  }
}

/**
 * Writes decks and their lessons' pages as files, each whole by itself, and the index of all decks that
 * are in the folder then.
 *
 * @param folder Where; it is made where it is missing.
 * @param names Which.
 * @param runs Those that were run already.
 * @returns The files' names.
 * @throws {BrokenDeck} Where one is broken.
 */
export async function buildFiles(
  folder: string,
  names: readonly string[],
  runs: Runs = new Runs(),
): Promise<string[]> {
  const builder = new Builder(false, runs);
  await Deno.mkdir(folder, { recursive: true });
  const there = new Set(names);
  for await (const { name } of Deno.readDir(folder)) {
    there.add(name.replace(/\.html$/, ""));
  }
  const listed = (await deckNames()).filter((name) => there.has(name));
  const pages = await Promise.all([
    ...names.flatMap((name) => [
      builder.deck(name).then((page) => [`${name}.html`, page]),
      builder.page(name).then((page) => [`${name}.page.html`, page]),
    ]),
    builder.index(listed).then((page) => ["index.html", page]),
  ]);
  const files: string[] = [];
  for (const [name = "", page = ""] of pages) {
    await Deno.writeTextFile(`${folder}/${name}`, page);
    files.push(name);
  }
  return files;
}
