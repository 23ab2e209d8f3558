/**
 * Decks: one Markdown file each, as the editor's Marp preview shows it.
 *
 * Slides stand between `---` lines. A slide's note is a comment that begins
 * with its minutes, `<!-- 2 min: … -->`; its layout is a comment too,
 * `<!-- _class: question -->`. slides/README.md tells the rest.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import MarkdownIt, { type Token } from "markdown-it";
import { commentIn, withoutSettings } from "../markdown.ts";
import {
  type Block,
  codeSize,
  foldCommands,
  mustBeWhole,
  paintCode,
} from "./code.ts";
import { readFence } from "./fence.ts";
import type { Runs } from "./figure.ts";
import { mustExist } from "./must_exist.ts";
import { decksFolder } from "./names.ts";
import { BrokenDeck, Problem } from "./problem.ts";
import { type Section, Sections } from "./section.ts";

/** How a slide is laid out: its heading alone and large, a sentence or two large, or a column for each `###`. */
const LAYOUTS = ["title", "question", "columns"] as const;

/** The comment behind which a slide's next part comes by itself. */
const STEP = "step";

/** A slide, ready to be shown. */
export interface Slide {
  /** Its heading, as plain text. */
  readonly title: string;
  /** What its heading and its body are, as HTML. */
  readonly html: string;
  /** The speaker's note, as HTML. */
  readonly note: string;
  /** How long it takes, in minutes. */
  readonly minutes: number;
  /** Its class: one of {@linkcode LAYOUTS}, or the empty text. */
  readonly layout: string;
  /** Where its lesson's page tells of it; absent where there is no page. */
  readonly section?: Section;
}

/** A deck, ready to be shown. */
export interface Deck {
  /** Its lesson's, `01_single_shot`. */
  readonly name: string;
  /** The first slide's heading. */
  readonly title: string;
  /** In order. */
  readonly slides: readonly Slide[];
  /** How long it takes, in minutes. */
  readonly minutes: number;
}

/** A slide's tokens, and what its comments say. */
interface Draft {
  readonly line: number;
  readonly tokens: Token[];
  readonly notes: string[];
  /** Before which tokens the slide waits for a key. */
  readonly steps: number[];
  layout: string;
}

/**
 * Reads a deck and resolves all that it refers to.
 *
 * @param runs Records the pairs whose pictures it shows.
 * @throws {BrokenDeck} With all its problems.
 */
export async function readDeck(name: string, runs: Runs): Promise<Deck> {
  const text = await Deno.readTextFile(new URL(`${name}.md`, decksFolder));
  return await parseDeck(name, text, runs);
}

/**
 * Makes a deck of its Markdown.
 *
 * @throws {BrokenDeck} With all its problems.
 */
export async function parseDeck(
  name: string,
  text: string,
  runs: Runs,
): Promise<Deck> {
  const parser = new DeckParser(name, runs);
  const slides = await parser.parse(text);
  if (parser.problems.length > 0) throw new BrokenDeck(parser.problems);
  return {
    name,
    title: slides[0]?.title ?? name,
    slides,
    minutes: slides.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

class DeckParser {
  readonly problems: string[] = [];
  readonly #markdown = new MarkdownIt({ html: true });
  readonly #fences = new Map<Token, string>();
  #sections = new Sections("");

  constructor(readonly name: string, readonly runs: Runs) {
    this.#markdown.renderer.rules.fence = (tokens, i) => {
      const token = tokens[i];
      return (token && this.#fences.get(token)) ?? "";
    };
  }

  async parse(text: string): Promise<Slide[]> {
    const tokens = this.#markdown.parse(withoutSettings(text), {});
    const drafts = this.#cut(tokens);
    this.#sections = await Sections.of(this.name);
    return await Promise.all(drafts.map((draft, i) => this.#make(draft, i)));
  }

  /** Notes what is wrong at a line, from 1, and goes on. */
  async #try<T>(
    line: number,
    act: () => Promise<T> | T,
  ): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problems.push(`slides/${this.name}.md:${line}: ${error.message}`);
      return undefined;
    }
  }

  #cut(tokens: readonly Token[]): Draft[] {
    const drafts: Draft[] = [];
    const begin = (line: number) => {
      const draft: Draft = {
        ...{ line, tokens: [], notes: [], steps: [], layout: "" },
      };
      drafts.push(draft);
      return draft;
    };
    let draft = begin((tokens[0]?.map?.[0] ?? 0) + 1);
    for (const token of tokens) {
      if (token.type === "hr") {
        draft = begin((token.map?.[1] ?? 0) + 1);
      } else if (token.type === "html_block") {
        const comment = commentIn(token.content);
        const layout = /^_class: (\w+)$/.exec(comment ?? "")?.[1];
        if (layout !== undefined) draft.layout = layout;
        else if (comment === STEP) draft.steps.push(draft.tokens.length);
        else if (comment !== undefined) draft.notes.push(comment);
        else draft.tokens.push(token); // is complained of with the slide
      } else draft.tokens.push(token);
    }
    return drafts;
  }

  async #make(draft: Draft, index: number): Promise<Slide> {
    const { line, tokens, notes, layout } = draft;
    const section = this.#sections.find(
      headingOf(tokens),
      tokens.filter(({ type }) => type === "fence").map(({ info }) => info),
    );
    const title = await this.#try(line, () => titleOf(tokens, index)) ?? "";
    const note = await this.#try(line, () => readNote(notes));
    await this.#try(line, () => checkLayout(layout, tokens));
    for (const token of tokens) {
      const at = (token.map?.[0] ?? line - 1) + 1;
      await this.#try(at, () => this.#resolve(token));
    }
    markSteps(draft);
    await this.#show(draft, title);
    return {
      title,
      html: this.#render(tokens, layout),
      note: this.#markdown.render(note?.text ?? ""),
      minutes: note?.minutes ?? 0,
      layout,
      ...(section && index > 0 ? { section } : {}),
    };
  }

  /** Links and pictures: what they lead to must be there, and goes into the file or stays outside. */
  async #resolve(token: Token): Promise<void> {
    if (token.type === "html_block" || token.type === "html_inline") {
      throw new Problem(
        `${token.content.trim()}: of HTML a deck has only comments`,
      );
    }
    const isOutside: boolean[] = [];
    for (const child of token.children ?? []) {
      if (child.type === "link_open") {
        const href = await resolveLink(String(child.attrGet("href") ?? ""));
        isOutside.push(href === undefined);
        if (href === undefined) [child.tag, child.attrs] = ["span", null];
        else child.attrSet("href", href);
      } else if (child.type === "link_close") {
        if (isOutside.pop() === true) child.tag = "span";
      } else if (child.type === "image") {
        if (child.content === "") {
          throw new Problem("the picture has no alternative text");
        }
        child.attrSet("src", await embed(String(child.attrGet("src") ?? "")));
      } else await this.#resolve(child);
    }
  }

  /** Paints what a slide's fences show. The code of a slide, or of a column, is of one size. */
  async #show(draft: Draft, title: string): Promise<void> {
    const { tokens, layout } = draft;
    const isColumns = layout === "columns";
    const groups = new Map<
      number,
      { line: number; token: Token; block: Block }[]
    >();
    await Promise.all(tokens.map((token, i) => {
      if (token.type !== "fence") return;
      const line = (token.map?.[0] ?? 0) + 1;
      const head = isColumns
        ? tokens.findLastIndex((one, k) => k < i && isColumnHead(one))
        : -1;
      const group = groups.get(head) ?? [];
      groups.set(head, group);
      return this.#try(line, async () => {
        const shown = await readFence(token, title, this.runs);
        if (typeof shown === "string") {
          this.#fences.set(token, withClass(token, shown));
        } else {
          mustBeWhole(shown);
          const width = head === -1 ? "whole" : "column";
          group.push({ line, token, block: foldCommands(shown, width) });
        }
      });
    }));
    for (const [head, group] of groups) {
      const [first] = group;
      if (!first) continue;
      await this.#try(first.line, () => {
        const blocks = group.map(({ block }) => block);
        const size = codeSize(blocks, head === -1 ? "whole" : "column");
        for (const { token, block } of group) {
          this.#fences.set(token, withClass(token, paintCode(block, size)));
        }
      });
    }
  }

  #render(tokens: Token[], layout: string): string {
    const { renderer, options } = this.#markdown;
    const render = (part: Token[]) => renderer.render(part, options, {});
    const end = tokens.findIndex(({ type }) => type === "heading_close") + 1;
    const head = render(tokens.slice(0, end));
    const rest = tokens.slice(end);
    if (layout !== "columns") {
      return `${head}<div class="body">\n${render(rest)}</div>`;
    }
    const starts = rest.flatMap((token, i) => isColumnHead(token) ? [i] : []);
    const columns = starts.map((start, i) =>
      `<div class="column">\n${render(rest.slice(start, starts[i + 1]))}</div>`
    );
    const before = render(rest.slice(0, starts[0]));
    return `${head}<div class="body">\n${before}<div class="columns">\n${
      columns.join("\n")
    }\n</div>\n</div>`;
  }
}

/** Marks what comes by itself: all that stands behind a step, up to the next one. */
function markSteps({ tokens, steps }: Draft): void {
  for (const [i, token] of tokens.entries()) {
    const step = steps.findLastIndex((at) => at <= i);
    if (step === -1 || token.level > 0 || token.nesting < 0) continue;
    token.attrJoin("class", "fragment");
    token.attrSet("data-fragment-index", String(step));
  }
}

/** What a fence shows, with the step that its token is marked with. */
function withClass(token: Token, html: string): string {
  const step = token.attrGet("data-fragment-index");
  return step === null ? html : html.replace(
    /^<(\w+)/,
    `<$1 class="fragment" data-fragment-index="${step}"`,
  );
}

/** The slide's heading, which is its first thing: `#` on the first slide, `##` on the others. */
function titleOf(tokens: readonly Token[], index: number): string {
  const wanted = index === 0 ? 1 : 2;
  const [first] = tokens;
  if (first?.type !== "heading_open" || first.tag !== `h${wanted}`) {
    throw new Problem(
      `slide ${index + 1} must begin with a heading, ${"#".repeat(wanted)}`,
    );
  }
  let level = wanted;
  for (const { type, tag } of tokens.slice(1)) {
    if (type !== "heading_open") continue;
    const next = Number(tag.slice(1));
    if (next <= wanted || next > level + 1) {
      throw new Problem(
        `a heading ${"#".repeat(next)} is out of order after ${
          "#".repeat(level)
        }: --- begins a new slide`,
      );
    }
    level = next;
  }
  return headingOf(tokens);
}

/** The words of the first heading. */
function headingOf([, text]: readonly Token[]): string {
  return (text?.children ?? []).map(({ content }) => content).join("");
}

function readNote(notes: readonly string[]): { minutes: number; text: string } {
  const [note, second] = notes;
  const minutes = /^(\d+) min: \S/.exec(note ?? "")?.[1];
  if (note === undefined || minutes === undefined || minutes === "0") {
    throw new Problem(
      "the slide needs a note that begins with its minutes: <!-- 2 min: what you say -->",
    );
  }
  if (second !== undefined) throw new Problem("the slide has two notes");
  return { minutes: Number(minutes), text: note };
}

function checkLayout(layout: string, tokens: readonly Token[]): void {
  if (layout === "") return;
  if (!LAYOUTS.some((name) => name === layout)) {
    throw new Problem(
      `_class: ${layout} is not known; known are: ${LAYOUTS.join(", ")}`,
    );
  }
  const parts = tokens.filter(isColumnHead);
  if (layout === "columns" && parts.length !== 2) {
    throw new Problem(
      `_class: columns needs two headings ###, not ${parts.length}`,
    );
  }
}

function isColumnHead({ type, tag }: Token): boolean {
  return type === "heading_open" && tag === "h3";
}

/** Where a link leads from a built deck; `undefined` for a file of the course, which is not there. */
async function resolveLink(href: string): Promise<string | undefined> {
  if (/^https?:/.test(href)) return href;
  const url = new URL(href, decksFolder);
  await mustExist(new URL(url.pathname, root), href);
  const deck = /^(?:\.\/)?(\d\d_\w+)\.md$/.exec(href)?.[1];
  return deck === undefined ? undefined : `${deck}.html`;
}

const IMAGES: Readonly<Record<string, string>> = {
  svg: "image/svg+xml",
  png: "image/png",
};

/** A picture's file as a URL that holds it. */
async function embed(src: string): Promise<string> {
  const type = IMAGES[src.split(".").at(-1) ?? ""];
  const url = new URL(src, decksFolder);
  if (type === undefined || url.protocol !== "file:") {
    throw new Problem(`${src}: pictures are .svg and .png files of the course`);
  }
  await mustExist(url, src);
  const bytes = await Deno.readFile(url);
  return `data:${type};base64,${bytes.toBase64()}`;
}
