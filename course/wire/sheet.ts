/**
 * What every picture of the course is painted on: one SVG file with no others,
 * readable in light and in dark.
 *
 * @module
 */
import { escapeMarkup as escape } from "../browser/markup.ts";

/** The colours of a picture, in light or in dark. */
export interface Tone {
  /** What it is painted on. */
  readonly paper: string;
  /** What is written. */
  readonly ink: string;
  /** What is written aside. */
  readonly dim: string;
  /** Lines without a colour of their own. */
  readonly line: string;
  /** Lines in the background. */
  readonly rail: string;
  /** What nobody may miss. */
  readonly alarm: string;
  /** Those of writes, and of parts of a picture. */
  readonly colours: readonly string[];
}

// Each colour of words has a contrast of at least 4.5 to 1 with the paper.
const LIGHT: Tone = {
  paper: "#ffffff",
  ink: "#1f2328",
  dim: "#59636e",
  line: "#59636e",
  rail: "#818b98",
  alarm: "#c21c2c",
  colours: ["#0b6b8a", "#8a5a00", "#a3209b", "#1a7f37", "#3b49df"],
};
const DARK: Tone = {
  paper: "#0d1117",
  ink: "#e6edf3",
  dim: "#9198a1",
  line: "#9198a1",
  rail: "#656c76",
  alarm: "#ff7b72",
  colours: ["#56d4dd", "#e3b341", "#f0a0e8", "#56d364", "#a5b4ff"],
};

/** What an SVG says about itself to those who do not see it. */
export interface Caption {
  /** A name: `lesson 01, single shot, on the wire`. */
  readonly title: string;
  /** The same story in words; the ladder's text, say. */
  readonly description: string;
}

/** `light` where what stands around a picture is light, whatever the reader prefers. */
export type Scheme = "both" | "light";

/** A sheet before anything is painted on it. */
export interface Sheet {
  /** Its size, in user units. */
  readonly width: number;
  /** Its size, in user units. */
  readonly height: number;
  /** What it says about itself. */
  readonly caption: Caption;
  /** Whether it follows the reader's wish for dark. */
  readonly scheme: Scheme;
  /** Rules of its own. */
  readonly rulesFor?: (tone: Tone) => readonly string[];
}

/** The class of a colour. @param number Of a write or of a part, from 1. */
export function colourOf(number: number): string {
  return `c${(number - 1) % LIGHT.colours.length}`;
}

/** Paints elements on a sheet: one SVG file. */
export function paintSheet(
  { width, height, caption, scheme, rulesFor = () => [] }: Sheet,
  elements: readonly string[],
): string {
  const style = (tone: Tone) => [...baseRules(tone), ...rulesFor(tone)];
  const dark = ["@media (prefers-color-scheme: dark) {", ...style(DARK), "}"];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sheet" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escape(caption.title)}</title>`,
    `<desc>${escape(caption.description)}</desc>`,
    "<style>",
    '.sheet text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }',
    ".sheet line, .sheet path { stroke-width: 1.2; fill: none; }",
    ...style(LIGHT),
    ...(scheme === "both" ? dark : []),
    "</style>",
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...elements,
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

function baseRules(tone: Tone): string[] {
  return [
    `.sheet { background: ${tone.paper}; }`,
    `.sheet text { fill: ${tone.ink}; }`,
    `.sheet line, .sheet path { stroke: ${tone.line}; }`,
    `.sheet .back { fill: ${tone.paper}; }`,
    `.sheet .rail { stroke: ${tone.rail}; }`,
    ".sheet .head { font-weight: bold; }",
    `.sheet .dim { fill: ${tone.dim}; }`,
    `.sheet .alarm { fill: ${tone.alarm}; font-weight: bold; }`,
    ...tone.colours.map((colour, i) =>
      `.sheet text .c${i} { fill: ${colour}; } .sheet .a.c${i} { stroke: ${colour}; }`
    ),
  ];
}
