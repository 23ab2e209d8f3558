/**
 * Figures: pictures of buffers, bytes and times, drawn from a text that stands
 * beside its page. `deno task pictures` draws them for the pages, and a deck
 * draws them from the same text.
 *
 * ```text
 * bytes
 * title: a frame
 * about: Four bytes of a length, 5, and then the five bytes of hello.
 *
 * row: length(05 00 00 00) payload(h e l l o)
 * ```
 *
 * The first line is the form, and each form tells in its module which lines it
 * knows. What the picture is about is for those who do not see it.
 *
 * @module
 */
import { type Caption, paintSheet, type Scheme } from "../wire/sheet.ts";
import { drawBars } from "./bars.ts";
import { drawBuffers } from "./buffers.ts";
import { drawBytes } from "./bytes.ts";
import { type Drawing, penRules, WIDTH } from "./pen.ts";
import { FigureProblem } from "./problem.ts";
import { drawTimeline } from "./timeline.ts";

/** A figure, ready to be painted. */
export interface Figure extends Drawing {
  /** What it says about itself. */
  readonly caption: Caption;
}

/** What draws each form. */
const FORMS: Readonly<Record<string, (lines: readonly string[]) => Drawing>> = {
  bars: drawBars,
  buffers: drawBuffers,
  bytes: drawBytes,
  timeline: drawTimeline,
};

/** Reads a figure's text. @throws {FigureProblem} Where it cannot be drawn. */
export function readFigure(text: string): Figure {
  const [form = "", ...lines] = text.split("\n").map((line) => line.trim())
    .filter((line) => line !== "");
  const draw = FORMS[form];
  if (!draw) {
    throw new FigureProblem(
      `"${form}" is no form of a figure; known are: ${
        Object.keys(FORMS).join(", ")
      }`,
    );
  }
  const [title, description] = ["title", "about"].map((name) => {
    const at = lines.findIndex((line) => line.startsWith(`${name}: `));
    if (at === -1) throw new FigureProblem(`a figure needs a line ${name}: …`);
    return lines.splice(at, 1)[0]?.slice(name.length + 2) ?? "";
  });
  return {
    ...draw(lines),
    caption: { title: title ?? "", description: description ?? "" },
  };
}

/** Paints a figure as one SVG file. */
export function paintFigure(
  { elements, height, caption }: Figure,
  scheme: Scheme = "both",
): string {
  return paintSheet({
    ...{ width: WIDTH, height, caption, scheme },
    rulesFor: penRules,
  }, elements);
}
