/**
 * What the drawing forms draw with: words, boxes and lines on one sheet.
 *
 * All letters are of one width, so that a form knows how wide its words are
 * before a browser does.
 *
 * @module
 */
import type { Tone } from "../wire/sheet.ts";
import { escapeMarkup as escape } from "../browser/markup.ts";
import { columns } from "../wire/show.ts";

/** How wide a figure is, in user units: the width of a ladder. */
export const WIDTH = 650;

/** The empty edge around everything. */
export const EDGE = 12;

/** The height of a line of words. */
export const LINE = 22;

/** The width of a letter; fonts differ, so it is rather a little too wide. */
const LETTER = 9.2;

/** How words are said: aside, so that nobody misses them, or as a heading. */
export type Voice = "dim" | "alarm" | "head" | "";

/** What a form has drawn: its elements, and how high they are together. */
export interface Drawing {
  /** SVG elements. */
  readonly elements: readonly string[];
  /** In user units. */
  readonly height: number;
}

/** How wide words are. */
export function widthOf(words: string): number {
  return columns(words) * LETTER;
}

/** Words on one line. @param y Where they stand, as letters do on a line. */
export function write(
  x: number,
  y: number,
  words: string,
  anchor: "start" | "middle" | "end" = "middle",
  voice: Voice = "",
): string {
  return `<text class="word ${voice}" xml:space="preserve" x="${
    short(x)
  }" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
}

/** Words on as many lines as they need. */
export function writeLines(
  x: number,
  y: number,
  words: string,
  room: number,
  anchor: "start" | "middle" | "end",
  voice: Voice = "",
): Drawing {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) > room) lines.push(word);
    else lines.splice(Math.max(0, lines.length - 1), 1, longer);
  }
  return {
    elements: lines.map((line, i) =>
      write(x, y + i * LINE, line, anchor, voice)
    ),
    height: lines.length * LINE,
  };
}

/** A box. @param style `c0`, … for a colour, `empty` for a dashed one. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  style = "",
): string {
  return `<rect class="box ${style}" x="${short(x)}" y="${y}" width="${
    short(width)
  }" height="${height}"/>`;
}

/** A line. @param style `rail`, `cut`, or a colour. */
export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  style = "",
): string {
  return `<line class="a ${style}" x1="${short(x1)}" y1="${short(y1)}" x2="${
    short(x2)
  }" y2="${short(y2)}"/>`;
}

/** A line with a head at its end. */
export function arrow(
  from: readonly [number, number],
  to: readonly [number, number],
  style = "",
): string {
  const [x, y] = to;
  const angle = Math.atan2(y - from[1], x - from[0]);
  const wing = (turn: number) =>
    `${short(x - 9 * Math.cos(angle + turn))} ${
      short(y - 9 * Math.sin(angle + turn))
    }`;
  return line(from, to, style) +
    `<path class="a ${style}" d="M${wing(0.5)}L${short(x)} ${short(y)}L${
      wing(-0.5)
    }"/>`;
}

/** The rules for what a pen draws. */
export function penRules(tone: Tone): string[] {
  return [
    ".sheet .word { font-size: 15px; }",
    `.sheet .box { fill: none; stroke: ${tone.line}; stroke-width: 1.5; }`,
    `.sheet .box.paper { fill: ${tone.paper}; }`,
    ".sheet .empty { stroke-dasharray: 4 4; }",
    ".sheet .a { stroke-width: 1.8; }",
    `.sheet .cut { stroke: ${tone.alarm}; stroke-width: 2.5; stroke-dasharray: 6 4; }`,
    ...tone.colours.map((colour, i) =>
      `.sheet .box.c${i} { stroke: ${colour}; fill: ${colour}; fill-opacity: 0.15; }`
    ),
  ];
}

function short(number: number): number {
  return Math.round(number * 10) / 10;
}
