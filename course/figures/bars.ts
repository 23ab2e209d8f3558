/**
 * Bars: numbers as a program of the course shows them on a terminal, drawn.
 *
 * ```text
 * 3 writes, no pause:
 *   1 read  █████████████████████████ 49
 *   2 reads █████ 9
 * ```
 *
 * @module
 */
import { box, type Drawing, EDGE, LINE, WIDTH, widthOf, write } from "./pen.ts";
import { colourOf } from "../wire/sheet.ts";
import { FigureProblem } from "./problem.ts";

/** A bar's height, and from one to the next. */
const HEIGHT = 22;
const ROW = 30;

/** A number with its name. */
interface Bar {
  readonly name: string;
  readonly value: string;
  /** How many headings stand over it. */
  readonly group: number;
}

/** Draws bars. A line without a number at its end is a heading. @throws {FigureProblem} Where there is no number. */
export function drawBars(lines: readonly string[]): Drawing {
  let group = 0;
  const rows = lines.filter((line) => line.trim() !== "").map(
    (line): Bar | string => {
      const bar = /^\s*(.*\S)\s+█+\s+(\d.*)$/.exec(line) ??
        /^\s*(.*\S)\s+(\d[\d.]*(?: [^\s\d:]+)?)$/.exec(line);
      if (!bar) {
        group++;
        return line.trim();
      }
      const [, name = "", value = ""] = bar;
      return { name, value, group };
    },
  );
  const bars = rows.filter((row) => typeof row !== "string");
  if (bars.length === 0) throw new FigureProblem("there is no bar");
  const most = Math.max(...bars.map(({ value }) => parseFloat(value)));
  const left = EDGE + Math.max(...bars.map(({ name }) => widthOf(name))) + 12;
  const right = Math.max(...bars.map(({ value }) => widthOf(value))) + 12;
  const room = WIDTH - EDGE - left - right;
  const elements: string[] = [];
  let y = EDGE;
  for (const row of rows) {
    if (typeof row === "string") {
      elements.push(write(EDGE, y + 15, row, "start", "head"));
      y += LINE + 6;
      continue;
    }
    const width = parseFloat(row.value) / most * room;
    elements.push(
      write(left - 12, y + 16, row.name, "end"),
      box(left, y, width, HEIGHT, colourOf(row.group || 1)),
      write(left + width + 8, y + 16, row.value, "start"),
    );
    y += ROW;
  }
  return { elements, height: y + EDGE - (ROW - HEIGHT) };
}
