/**
 * References: the words behind a fence's language that say which lines of
 * which file stand there, so that what a slide shows cannot go stale.
 *
 * ```text
 * ts lessons/01_single_shot/server.ts "using listener" .. "say.listening"
 * ```
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fences } from "../markdown.ts";
import { openBrackets } from "./brackets.ts";
import { Problem } from "./problem.ts";

/** Some lines of a file. */
export interface Region {
  /** The lines, without the indentation that all of them have. */
  readonly lines: readonly string[];
  /** Where they stand: `lessons/01_single_shot/server.ts:9`. */
  readonly place: string;
}

/** A range of lines by the words in its first and its last. */
export interface Range {
  /** Stands in a line before the range, and in no other: the range's first line is then the first such after it. */
  readonly after?: string;
  /** Stands in the first line; without `after` in no other. */
  readonly from: string;
  /** Stands in the last line, the first such after the first line; one line where it is absent. */
  readonly to?: string;
  /** Whether it is the whole fenced block of a page in which the line with `from` stands. */
  readonly isBlock: boolean;
  /** Whether it goes on until all is closed that its lines have opened. */
  readonly isWhole?: boolean;
}

/** A word of a fence's info string; a quoted one may hold spaces. */
export interface Word {
  /** What it says, without the quotes. */
  readonly text: string;
  /** Whether it was quoted. */
  readonly isQuoted: boolean;
}

/**
 * The words of a fence's info string.
 *
 * A quote or a backslash inside quotes has a backslash before it.
 *
 * @throws {Problem} Where a quote is left open.
 */
export function readWords(info: string): Word[] {
  const words: Word[] = [];
  const rest = info.replace(
    /"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]+)(?=\s|$)/g,
    (_, quoted: string | undefined, plain: string | undefined) => {
      words.push({
        text: plain ?? (quoted ?? "").replace(/\\(.)/g, "$1"),
        isQuoted: plain === undefined,
      });
      return "";
    },
  );
  if (rest.trim() !== "") {
    throw new Problem(
      `${rest.trim()} cannot be read: put words with spaces between two quotes`,
    );
  }
  return words;
}

/**
 * Takes `"from" .. "to"`, `"from"` alone, `block "from"`, `whole "from"` or
 * `whole "from" .. "to"` off the front of some words; `after "text"` may stand before it.
 *
 * @returns The range, or `undefined` where none stands there.
 * @throws {Problem} Where a text is missing.
 */
export function takeRange(words: Word[]): Range | undefined {
  const after = takeTextBehind("after", words);
  const block = takeTextBehind("block", words);
  if (block !== undefined) {
    return {
      from: block,
      ...(after === undefined ? {} : { after }),
      isBlock: true,
    };
  }
  const whole = takeTextBehind("whole", words);
  if (whole !== undefined) {
    const to = takeTextBehind("..", words);
    return {
      from: whole,
      ...(after === undefined ? {} : { after }),
      ...(to === undefined ? {} : { to }),
      ...{ isBlock: false, isWhole: true },
    };
  }
  if (after === undefined && words[0]?.isQuoted !== true) return undefined;
  const from = takeText(words, "after");
  const to = takeTextBehind("..", words);
  return {
    from,
    ...(after === undefined ? {} : { after }),
    ...(to === undefined ? {} : { to }),
    isBlock: false,
  };
}

function takeTextBehind(sign: string, words: Word[]): string | undefined {
  const [first] = words;
  if (first === undefined || first.isQuoted || first.text !== sign) {
    return undefined;
  }
  words.shift();
  return takeText(words, sign);
}

function takeText(words: Word[], sign: string): string {
  const word = words.shift();
  if (word?.isQuoted !== true) {
    throw new Problem(`${sign} needs a "text" behind it`);
  }
  return word.text;
}

/**
 * Finds a range in some lines.
 *
 * @param where What the lines are, for an error: a file's name.
 * @returns The numbers of its first and its last line, from 0, both inclusive.
 * @throws {Problem} Where its words stand in no line, or the first in several.
 */
export function findRange(
  lines: readonly string[],
  { after, from, to, isBlock, isWhole }: Range,
  where: string,
): [first: number, last: number] {
  const first = after === undefined
    ? findOnly(lines, from, where)
    : findNext(lines, from, findOnly(lines, after, where), where);
  if (isBlock) return blockAround(lines, first, where);
  if (isWhole) {
    const least = to === undefined ? first : findNext(lines, to, first, where);
    return [first, endOf(lines, first, least, where)];
  }
  if (to === undefined) return [first, first];
  return [first, findNext(lines, to, first, where)];
}

/** The line in which all is closed that the lines from the first one to another have opened. */
function endOf(
  lines: readonly string[],
  first: number,
  least: number,
  where: string,
): number {
  for (let last = least; last < lines.length; last++) {
    const open = openBrackets(lines.slice(first, last + 1));
    if (open.every((count) => count <= 0)) return last;
  }
  throw new Problem(`what line ${first + 1} of ${where} opens is never closed`);
}

/** The inside of the fence around a line. */
function blockAround(
  lines: readonly string[],
  at: number,
  where: string,
): [first: number, last: number] {
  const fence = fences(lines.join("\n")).find(({ line, lines }) =>
    line <= at && at < line + lines.length
  );
  if (!fence) {
    throw new Problem(`line ${at + 1} of ${where} stands in no fence`);
  }
  return [fence.line, fence.line + fence.lines.length - 1];
}

/** The one line that has a text. */
function findOnly(
  lines: readonly string[],
  text: string,
  where: string,
): number {
  const hits = lines.flatMap((line, i) => line.includes(text) ? [i] : []);
  const [first] = hits;
  if (first === undefined) {
    throw new Problem(
      `no line of ${where} has "${text}": name words that stand there`,
    );
  }
  if (hits.length > 1) {
    throw new Problem(
      `"${text}" stands in ${hits.length} lines of ${where} (${
        hits.map((i) => i + 1).join(", ")
      }): name more of the one that you mean, or say after "…" which one it follows`,
    );
  }
  return first;
}

/** The first line after another that has a text. */
function findNext(
  lines: readonly string[],
  text: string,
  after: number,
  where: string,
): number {
  const next = lines.findIndex((line, i) => i > after && line.includes(text));
  if (next === -1) {
    throw new Problem(
      `no line of ${where} after line ${after + 1} has "${text}"`,
    );
  }
  return next;
}

/**
 * Reads the lines that some words refer to, and takes those words away: a
 * file's path, then a range as {@linkcode takeRange} reads it, `#8-14`, `#8`, or
 * nothing for the whole file.
 *
 * @throws {Problem} Where there is no such file, or no such lines in it.
 */
export async function readReference(words: Word[]): Promise<Region> {
  const path = words.shift()?.text ?? "";
  const lines = await readLines(path);
  const range = takeRange(words);
  const [first, last] = range
    ? findRange(lines, range, path)
    : takeNumbers(words, lines.length, path);
  return {
    lines: dedent(lines.slice(first, last + 1)),
    place: `${path}:${first + 1}`,
  };
}

async function readLines(path: string): Promise<string[]> {
  const url = new URL(path, root);
  if (!url.href.startsWith(root.href)) {
    throw new Problem(`${path} is not in the course`);
  }
  try {
    return (await Deno.readTextFile(url)).trimEnd().split("\n");
  } catch (error) {
    throw new Problem(`there is no file ${path}`, { cause: error });
  }
}

function takeNumbers(
  words: Word[],
  count: number,
  path: string,
): [first: number, last: number] {
  const match = /^#(\d+)(?:-(\d+))?$/.exec(words[0]?.text ?? "");
  if (!match) return [0, count - 1];
  words.shift();
  const first = Number(match[1]);
  const last = Number(match[2] ?? first);
  if (first < 1 || last < first || last > count) {
    throw new Problem(`${match[0]}: ${path} has the lines 1 to ${count}`);
  }
  return [first - 1, last - 1];
}

/** Takes away the indentation that all lines have. */
function dedent(lines: readonly string[]): string[] {
  const filled = lines.filter((line) => line.trim() !== "");
  const least = Math.min(...filled.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(least).trimEnd());
}
