/**
 * Reads Markdown pages: their headings, blocks, comments and links.
 *
 * Only what draws and tests pages imports this: the parser is a package, and
 * no lesson waits for it.
 *
 * @module
 */
import MarkdownIt, { type Token } from "markdown-it";

/** A part of a page. */
export type Part =
  /** Where it begins: its line, from 1. */
  & { readonly line: number }
  & (
    /** Its level is 1 for `#`; a link to it ends in its anchor, as GitHub makes it. */
    | {
      readonly kind: "heading";
      readonly level: number;
      readonly text: string;
      readonly anchor: string;
    }
    /** A fenced block: what stands behind its mark, and in it without the mark's indentation. */
    | {
      readonly kind: "fence";
      readonly info: string;
      readonly lines: readonly string[];
    }
    /** A numbered item of a list that is in no other, with the number that is written there. */
    | { readonly kind: "item"; readonly number: number }
    /** A comment that is a block of its own. */
    | { readonly kind: "comment"; readonly text: string }
    /** A link or a picture, and where it leads. */
    | { readonly kind: "link"; readonly target: string }
  );

/** A heading of a page. */
export type Heading = Extract<Part, { kind: "heading" }>;

/** A fenced block of a page. */
export type Fence = Extract<Part, { kind: "fence" }>;

/** A page without Marp's settings, which stand in front of a deck. Its lines still count. */
export function withoutSettings(markdown: string): string {
  return markdown.replace(
    /^---\n[\s\S]*?\n---\n/,
    (settings) => settings.replace(/[^\n]/g, ""),
  );
}

/** What stands in a comment that is all of a block of HTML; `undefined` where it is something else. */
export function commentIn(html: string): string | undefined {
  return /^<!--\s*([\s\S]*?)\s*-->\s*$/.exec(html)?.[1];
}

/** What pages consist of, by their text: a page is asked about many times. */
const known = new Map<string, readonly Token[]>();

function tokensOf(markdown: string): readonly Token[] {
  let tokens = known.get(markdown);
  if (!tokens) {
    const parser = new MarkdownIt({ html: true });
    tokens = parser.parse(withoutSettings(markdown), {});
    known.set(markdown, tokens);
  }
  return tokens;
}

/** Reads a page's parts, in their order. */
export function readParts(markdown: string): Part[] {
  const tokens = tokensOf(markdown);
  return tokens.flatMap((token, i) => partsOf(token, tokens[i + 1]));
}

function partsOf(token: Token, next: Token | undefined): Part[] {
  const line = (token.map?.[0] ?? 0) + 1;
  switch (token.type) {
    case "heading_open": {
      const text = next?.content ?? "";
      const anchor = text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");
      const level = Number(token.tag.slice(1));
      return [{ kind: "heading", line, level, text, anchor }];
    }
    case "list_item_open": {
      const isNumbered = token.info !== "" && token.level === 1;
      const number = Number(token.info);
      return isNumbered ? [{ kind: "item", line, number }] : [];
    }
    case "fence": {
      const lines = token.content.split("\n").slice(0, -1);
      return [{ kind: "fence", line, info: token.info.trim(), lines }];
    }
    case "html_block": {
      const text = commentIn(token.content);
      return text === undefined ? [] : [{ kind: "comment", line, text }];
    }
    default:
      return (token.children ?? []).flatMap((child): Part[] => {
        const target = child.attrGet("href") ?? child.attrGet("src");
        return target === null
          ? []
          : [{ kind: "link", line, target: String(target) }];
      });
  }
}

/** A page's headings. @param level Only those of this level. */
export function headings(markdown: string, level?: number): Heading[] {
  return readParts(markdown).filter((part) => part.kind === "heading")
    .filter((heading) => heading.level === (level ?? heading.level));
}

/** A page's fenced blocks. @param info Only those with this behind their mark. */
export function fences(markdown: string, info?: string): Fence[] {
  return readParts(markdown).filter((part) => part.kind === "fence")
    .filter((fence) => fence.info === (info ?? fence.info));
}

/** The numbers of a section's items, as they are written. @param section Its heading, of level 2. */
export function numbersIn(markdown: string, section: string): number[] {
  const parts = readParts(markdown);
  const from = parts.findIndex((part) =>
    part.kind === "heading" && part.level === 2 && part.text === section
  );
  if (from === -1) return [];
  const isNext = (part: Part) => part.kind === "heading" && part.level <= 2;
  const end = parts.findIndex((part, i) => i > from && isNext(part));
  const within = parts.slice(from, end === -1 ? undefined : end);
  return within.flatMap((part) => part.kind === "item" ? [part.number] : []);
}

/**
 * How many words of a page are read in order: those of its headings,
 * paragraphs, lists and tables, also where they are folded. What stands in
 * fenced blocks is looked at, not read, and is not counted; nor is what a
 * picture says to those who do not see it.
 *
 * @param last The heading, of level 2, of the last section that counts; the whole page where it has no such section.
 */
export function countWords(markdown: string, last: string): number {
  const tokens = tokensOf(markdown);
  let isLast = false;
  let words = 0;
  for (const [i, { type, tag, content }] of tokens.entries()) {
    if (type === "heading_open" && tag === "h2") {
      if (isLast) break;
      isLast = tokens[i + 1]?.content === last;
    }
    if (type !== "inline") continue;
    const read = content.replace(/!\[[^\]]*\]\([^)]*\)/g, "");
    words += read.match(/\S+/g)?.length ?? 0;
  }
  return words;
}

/** Where a page's links and pictures lead. */
export function links(markdown: string): string[] {
  return readParts(markdown).filter((part) => part.kind === "link")
    .map(({ target }) => target);
}
