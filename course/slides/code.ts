/**
 * Code and terminals on slides.
 *
 * highlight.js and not shiki: it is plain JavaScript without WebAssembly, is
 * there in a tenth of a second, and has no time limit after which it colours
 * lines otherwise.
 *
 * @module
 */
// @ts-types="./highlighter.d.ts"
import core from "highlight.js/lib/core";
// @ts-types="./highlighter_language.d.ts"
import bash from "highlight.js/lib/languages/bash";
// @ts-types="./highlighter_language.d.ts"
import json from "highlight.js/lib/languages/json";
// @ts-types="./highlighter_language.d.ts"
import python from "highlight.js/lib/languages/python";
// @ts-types="./highlighter_language.d.ts"
import typescript from "highlight.js/lib/languages/typescript";
import { escapeMarkup } from "../browser/markup.ts";
import { columns } from "../wire/show.ts";
import { openBrackets } from "./brackets.ts";
import { Problem } from "./problem.ts";

/** How many lines of code one block may have. */
export const MOST_LINES = 16;

/** The least and the largest size of code, in pixels of a slide 1280 wide: 24 of them are what slides/README.md asks for. */
const LEAST_SIZE = 24;
const LARGEST_SIZE = 34;

/** A column's width and a line's height, by the size of the letters. */
const COLUMN = 0.603;
const LINE = 1.34;

/** How wide a block's inside is, in pixels: on the whole slide, and in one of two columns. */
const WIDTHS = { whole: 1162, column: 550 } as const;

/** How high all blocks of a slide may be together, in pixels. */
const HEIGHT = 520;

/** Lines that are shown on a slide. */
export interface Block {
  /** The fence's language. */
  readonly language: string;
  /** What it shows. */
  readonly lines: readonly string[];
  /** Words in those of its lines that the talk is about. */
  readonly marked: readonly string[];
}

core.registerLanguage("ts", typescript);
core.registerLanguage("py", python);
core.registerLanguage("sh", bash);
core.registerLanguage("json", json);

/** The languages that a fence with a reference may have. */
export const LANGUAGES: readonly string[] = [
  "ts",
  "py",
  "sh",
  "json",
  "console",
  "text",
];

/**
 * How large the letters of blocks that share a height may be, in pixels.
 *
 * @param width Where they stand.
 * @throws {Problem} Where they are too long or too wide to be read.
 */
export function codeSize(
  blocks: readonly Block[],
  width: "whole" | "column",
): number {
  const lines = blocks.flatMap((block) => block.lines);
  if (lines.length > MOST_LINES) {
    throw new Problem(
      `there are ${lines.length} lines of code on the slide or in its column, at most ${MOST_LINES}: show less`,
    );
  }
  const widest = Math.max(...lines.map(columns));
  const room = roomIn(width);
  if (widest > room) {
    throw new Problem(
      `a line of code has ${widest} columns, at most ${room}: show other lines`,
    );
  }
  return Math.floor(Math.min(
    LARGEST_SIZE,
    WIDTHS[width] / (COLUMN * widest),
    HEIGHT / (LINE * lines.length),
  ));
}

/** How many columns a line may have. */
function roomIn(width: keyof typeof WIDTHS): number {
  return Math.floor(WIDTHS[width] / (COLUMN * LEAST_SIZE));
}

/** A block whose commands are folded where they are too long for the slide, as a shell takes them. */
export function foldCommands(block: Block, width: "whole" | "column"): Block {
  const { language, lines } = block;
  if (language !== "sh" && language !== "console") return block;
  const room = roomIn(width);
  const isCommand = (line: string) => language === "sh" || /^[$>] /.test(line);
  return {
    ...block,
    lines: lines.flatMap((line) => isCommand(line) ? fold(line, room) : [line]),
  };
}

function fold(line: string, room: number): string[] {
  if (columns(line) <= room) return [line];
  const at = line.lastIndexOf(" ", room - 2);
  if (at <= 0) return [line];
  return [
    `${line.slice(0, at)} \\`,
    ...fold(`    ${line.slice(at + 1)}`, room),
  ];
}

/** Looks at brackets. @throws {Problem} Where lines of TypeScript open what they do not close, or close what they did not open. */
export function mustBeWhole({ language, lines }: Block): void {
  if (language !== "ts" || openBrackets(lines).every((open) => open === 0)) {
    return;
  }
  throw new Problem(
    `the lines from "${
      lines[0]
    }" on do not end where what they begin ends: say whole "from"`,
  );
}

/**
 * A block as HTML.
 *
 * @param size Its letters', in pixels.
 * @throws {Problem} Where it has no line that is to be marked.
 */
export function paintCode(
  { language, lines, marked }: Block,
  size: number,
): string {
  for (const words of marked) {
    if (!lines.some((line) => line.includes(words))) {
      throw new Problem(`no line that is shown has "${words}" to mark`);
    }
  }
  const painted = paintLines(language, lines).map((html, i) => {
    const isMarked = marked.some((words) => lines[i]?.includes(words));
    return isMarked
      ? `<span class="line marked">${html}</span>`
      : `<span class="line">${html}</span>`;
  });
  return `<pre style="--size: ${size}"><code class="${language}">${
    painted.join("\n")
  }</code></pre>\n`;
}

/**
 * Each line as HTML of its own: a colour that spans several lines is begun anew in each.
 *
 * @param language One of {@linkcode LANGUAGES}.
 */
export function paintLines(
  language: string,
  lines: readonly string[],
): string[] {
  if (language === "text") return lines.map(escapeMarkup);
  if (language === "console") {
    return lines.map((line) =>
      /^[$>] /.test(line)
        ? `<span class="typed">${escapeMarkup(line)}</span>`
        : escapeMarkup(line)
    );
  }
  const { value } = core.highlight(lines.join("\n"), { language });
  const open: string[] = [];
  return value.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span [^>]*>|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    return `${before}${line}${"</span>".repeat(open.length)}`;
  });
}
