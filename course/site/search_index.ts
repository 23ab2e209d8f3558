/**
 * What the search looks through: each section of each page, and each slide.
 *
 * @module
 */
import MarkdownIt from "markdown-it";
import { lessons, orientation } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { commentIn, headings, withoutSettings } from "../markdown.ts";
import { deckNames } from "../slides/names.ts";
import type { Entry } from "./client/search.ts";
import { placeOfFile } from "./paths.ts";

/** All that can be found, in the order of the course. */
export async function searchIndex(): Promise<Entry[]> {
  const names = [orientation, ...lessons].map(({ name }) => name);
  const files = [
    ...names.map((name) => `lessons/${name}/README.md`),
    `lessons/${orientation.name}/words.md`,
    "README.md",
    "LANGUAGES.md",
  ];
  const pages = files.map(async (file) =>
    sectionsOf(await read(file), placeOfFile(file) ?? "")
  );
  const decks = (await deckNames()).map(async (name) =>
    slidesOf(await read(`slides/${name}.md`), name)
  );
  return (await Promise.all([...pages, ...decks])).flat();
}

/** A page's sections. */
export function sectionsOf(markdown: string, place: string): Entry[] {
  const all = headings(markdown);
  const [first] = all;
  const lines = markdown.split("\n");
  return all.map(({ text, anchor, line }, i) => ({
    title: plainText(text),
    page: plainText(first?.text ?? place),
    href: i === 0 ? place : `${place}#${anchor}`,
    text: plainText(
      lines.slice(line, (all[i + 1]?.line ?? 0) - 1 || undefined)
        .join("\n"),
    ),
  }));
}

/** A deck's slides, with what the speaker says. */
export function slidesOf(markdown: string, name: string): Entry[] {
  const slides = withoutSettings(markdown).split(/^---$/m);
  const [first = ""] = slides;
  const nameOf = (slide: string) =>
    plainText(/^#+ (.*)$/m.exec(slide)?.[1] ?? name);
  return slides.map((slide, i) => ({
    title: nameOf(slide),
    page: `Slides: ${nameOf(first)}`,
    href: `decks/${name}.html#/${i}`,
    text: plainText(slide.replace(/^#+ .*$/m, "")),
  }));
}

/** The words of Markdown, without its signs. */
function plainText(markdown: string): string {
  const parser = new MarkdownIt({ html: true });
  const words = parser.parse(markdown, {}).map((token) => {
    if (token.type === "html_block") {
      return commentIn(token.content) ?? "";
    }
    if (token.type === "fence") {
      return token.info === "mermaid" ? "" : token.content; // that is drawn
    }
    return (token.children ?? []).map(({ type, content }) =>
      type === "softbreak" ? " " : type === "html_inline" ? "" : content
    ).join("");
  });
  return words.filter((text) => text !== "").join(" ").replaceAll(/\s+/g, " ")
    .trim();
}

async function read(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(file, root));
}
