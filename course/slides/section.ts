/**
 * Which section of its lesson's page a slide belongs to, so that whoever has
 * missed something finds it there.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { type Heading, headings } from "../markdown.ts";

/** A section of a lesson's page. */
export type Section = Pick<Heading, "text" | "anchor">;

/** What a fence refers to, and the section that tells of it. */
const TOLD_IN: readonly (readonly [what: RegExp, section: string])[] = [
  [/^wire /, "Look at the wire"],
  [/^mermaid$/, "The idea"],
  [/^verdict /, "Exercise"],
  [/ (solutions|tests\/wrong)\//, "Exercise"],
  [/ lessons\/\w+\/experiment_/, "Try this"],
  [/ lessons\/\w+\/\w+\.ts/, "Read the code"],
];

/** What some slides are called in every deck, and the section that tells of it. */
const CALLED: readonly (readonly [title: RegExp, section: string])[] = [
  [/Python/, "From Python"],
  [/^Predict$/, "Try this"],
  [/^(What to take home|Before you go)$/, "Quiz"],
];

/** The sections of a lesson's page. */
export class Sections {
  readonly #lines: readonly string[];
  readonly #headings: readonly Heading[];
  #last: Section | undefined;

  /** The sections of a page. @param page Its text; empty where the deck has no lesson. */
  constructor(page: string) {
    this.#lines = page.split("\n");
    this.#headings = headings(page).filter(({ level }) => level > 1);
    this.#last = this.#named("The idea") ?? this.#headings[0];
  }

  /** Reads the page of a deck's lesson. */
  static async of(name: string): Promise<Sections> {
    const url = new URL(`lessons/${name}/README.md`, root);
    try {
      return new Sections(await Deno.readTextFile(url));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return new Sections("");
    }
  }

  /**
   * The section of a slide; slides are asked for in their order. One of its
   * own name comes first, then that of the first thing that it shows, then
   * that of the slide before it.
   *
   * @param title The slide's heading.
   * @param infos What stands behind the marks of its fences.
   */
  find(title: string, infos: readonly string[]): Section | undefined {
    const found = this.#named(title) ??
      infos.map((info) => this.#shown(info)).find((one) => one !== undefined);
    this.#last = found ?? this.#last;
    return this.#last;
  }

  #named(text: string): Heading | undefined {
    const called = CALLED.find(([title]) => title.test(text))?.[1] ?? text;
    const wanted = called.toLowerCase();
    return this.#headings.find(({ text }) => wanted === text.toLowerCase()) ??
      this.#headings.find(({ text }) =>
        wanted.startsWith(`${text.toLowerCase()}:`)
      );
  }

  #shown(info: string): Heading | undefined {
    if (info.includes("/README.md ")) {
      return this.#around(/"((?:[^"\\]|\\.)*)"/.exec(info)?.[1] ?? "");
    }
    const figure = /\/(figures\/\w+)\.txt/.exec(info)?.[1];
    if (figure !== undefined) return this.#around(`(${figure}.svg)`);
    const section = TOLD_IN.find(([what]) => what.test(info))?.[1];
    return section === undefined ? undefined : this.#named(section);
  }

  /** The section in which some words of the page stand first. */
  #around(words: string): Heading | undefined {
    const at = this.#lines.findIndex((line) => line.includes(words)) + 1;
    if (at === 0) return undefined;
    return this.#headings.findLast(({ line }) => line <= at);
  }
}
