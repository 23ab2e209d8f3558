/**
 * Finds sections and slides by words, as one types them.
 *
 * @module
 */

/** Something that can be found. */
export interface Entry {
  /** The section's heading, or the slide's. */
  readonly title: string;
  /** The page that it is on. */
  readonly page: string;
  /** Where it is, from the site's beginning. */
  readonly href: string;
  /** Its words. */
  readonly text: string;
}

/** A place where the words were found. */
export interface Found {
  /** What was found. */
  readonly entry: Entry;
  /** Some of its words, around the first of those that were looked for. */
  readonly part: string;
}

/** How many places are shown. */
const MOST = 12;

/** How many characters are shown before and behind the first word. */
const BEFORE = 30;
const BEHIND = 90;

/** What a word counts in a heading, in a page's name and in a text; at the beginning of a word twice. */
const IN_TITLE = 12;
const IN_PAGE = 3;
const IN_TEXT = 1;

/** Finds the best places for what was typed: each word has to be there, the last one may be only begun. */
export function search(entries: readonly Entry[], typed: string): Found[] {
  const words = typed.split(/[\s-]+/).filter((word) => word !== "")
    .map(patternOf);
  if (words.length === 0) return [];
  return entries.map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ entry }) => ({ entry, part: partOf(entry.text, words) }));
}

/** A word, whether or not it stands with a hyphen: `backpressure` finds back-pressure. */
function patternOf(word: string): RegExp {
  const signs = [...word].map((sign) =>
    sign.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&")
  );
  return new RegExp(signs.join("-?"), "giu");
}

function scoreOf(
  { title, page, text }: Entry,
  words: readonly RegExp[],
): number {
  let score = 0;
  for (const word of words) {
    const found = countIn(title, word) * IN_TITLE +
      countIn(page, word) * IN_PAGE + countIn(text, word) * IN_TEXT;
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

/** How well a text has a word: 2 at the beginning of one, 1 within one. */
function countIn(text: string, word: RegExp): number {
  let count = 0;
  for (const { index } of text.matchAll(word)) {
    if (index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? "")) return 2;
    count = 1;
  }
  return count;
}

function partOf(text: string, words: readonly RegExp[]): string {
  const places = words.map((word) => text.search(word))
    .filter((place) => place !== -1);
  const at = places.length === 0 ? 0 : Math.min(...places);
  const from = Math.max(0, at - BEFORE);
  const part = text.slice(from, at + BEHIND);
  return `${from > 0 ? "…" : ""}${part}${at + BEHIND < text.length ? "…" : ""}`;
}
