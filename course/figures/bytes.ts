/**
 * Byte boxes: bytes side by side, with a name for those that belong together.
 *
 * ```text
 * row as it was written: 你(e4 bd a0) LF(0a)
 * row as it was read: "read 1"(e4) / "read 2"(bd a0 0a)
 * marks: start 1, end 4
 * note: the first read ends inside of a character
 * ```
 *
 * Rows stand one under the other, place under place. `/` is a cut; `.` is an
 * empty place, `…` some that are left out. Parts with one name have one colour.
 *
 * @module
 */
import {
  arrow,
  box,
  type Drawing,
  EDGE,
  LINE,
  line,
  WIDTH,
  widthOf,
  write,
  writeLines,
} from "./pen.ts";
import { colourOf } from "../wire/sheet.ts";
import { FigureProblem } from "./problem.ts";

/** The least width of a byte, and its height. */
const LEAST_CELL = 34;
const MOST_CELL = 70;
const HEIGHT = 28;

/** Bytes with one name. */
interface Part {
  readonly name: string;
  readonly cells: readonly string[];
  readonly at: number;
}

/** A row of bytes. */
interface Row {
  readonly label: string;
  readonly parts: readonly Part[];
  readonly cuts: readonly number[];
}

/** Draws byte boxes. @throws {FigureProblem} Where a line says something that is not known here, or there is no room. */
export function drawBytes(lines: readonly string[]): Drawing {
  for (const text of lines) {
    if (!isRow(text) && !/^(marks|note): /.test(text)) {
      throw new FigureProblem(`"${text}": known are row, marks: and note:`);
    }
  }
  const rows = lines.filter(isRow).map(readRow);
  const cell = cellFor(rows);
  const names = [
    ...new Set(rows.flatMap(({ parts }) => parts.map(({ name }) => name))),
  ];
  const elements: string[] = [];
  let y = EDGE;
  let bottom = y; // of the last row's boxes
  for (const text of lines) {
    if (isRow(text)) {
      const row = readRow(text);
      if (row.label !== "") {
        elements.push(write(EDGE, y + 15, row.label, "start", "head"));
        y += LINE;
      }
      elements.push(...drawRow(row, y, cell, names));
      bottom = y + LINE + HEIGHT;
      y = bottom + 14;
    } else if (text.startsWith("marks: ")) {
      for (const [at, name] of readMarks(text)) {
        const x = EDGE + at * cell;
        const anchor = at === 0 ? "start" : "middle"; // there is no room to the left
        elements.push(
          arrow([x, bottom + 18], [x, bottom + 3]),
          write(x, bottom + 33, name, anchor, "head"),
        );
      }
      y = bottom + 38;
    } else {
      const note = text.slice("note: ".length);
      const room = WIDTH - 2 * EDGE;
      const { elements: words, height } = writeLines(
        ...[EDGE, y + 12, note, room, "start", "dim"] as const,
      );
      elements.push(...words);
      y += height + 8;
    }
  }
  return { elements, height: y };
}

function drawRow(
  { parts, cuts }: Row,
  y: number,
  cell: number,
  names: readonly string[],
): string[] {
  const elements: string[] = [];
  const top = y + LINE;
  for (const { name, cells, at } of parts) {
    const x = EDGE + at * cell;
    const width = cells.length * cell;
    if (name !== "") {
      elements.push(write(x + width / 2, y + 13, name, "middle"));
    }
    const isColoured = name !== "" && cells.some((text) => text !== ".");
    const style = isColoured ? colourOf(names.indexOf(name) + 1) : "";
    for (const [i, text] of cells.entries()) {
      const left = x + i * cell;
      elements.push(
        box(left, top, cell, HEIGHT, text === "." ? "empty" : style),
      );
      if (text !== ".") {
        elements.push(write(left + cell / 2, top + 19, text));
      }
    }
  }
  for (const at of cuts) {
    const x = EDGE + at * cell;
    elements.push(line([x, top - 16], [x, top + HEIGHT + 10], "cut"));
  }
  return elements;
}

function isRow(text: string): boolean {
  return /^row[ :]/.test(text);
}

function readRow(text: string): Row {
  const [, label = "", rest = ""] = /^row ?([^:]*):(.*)$/.exec(text) ?? [];
  const parts: Part[] = [];
  const cuts: number[] = [];
  let at = 0;
  const left = rest.replace(
    /\s*(?:(?:"([^"]*)"|([^\s("/]+))?\(([^)]+)\)|(\/))/g,
    (_, quoted?: string, plain?: string, inside?: string, cut?: string) => {
      if (cut !== undefined) cuts.push(at);
      else {
        const cells = (inside ?? "").trim().split(/\s+/);
        parts.push({ name: quoted ?? plain ?? "", cells, at });
        at += cells.length;
      }
      return "";
    },
  );
  if (parts.length === 0 || left.trim() !== "") {
    throw new FigureProblem(`"${text}": parts look like name(e4 bd a0)`);
  }
  return { label, parts, cuts };
}

function readMarks(text: string): [at: number, name: string][] {
  return text.slice("marks: ".length).split(", ").map((mark) => {
    const [, name, at] = /^(.+) (\d+)$/.exec(mark) ?? [];
    if (name === undefined) {
      throw new FigureProblem(`"${mark}": a mark is a name and a place`);
    }
    return [Number(at), name];
  });
}

/** How wide each byte is: as wide as the longest name over it and the widest byte need. */
function cellFor(rows: readonly Row[]): number {
  const parts = rows.flatMap((row) => row.parts);
  const wanted = parts.map(({ name, cells }) =>
    Math.max(
      (widthOf(name) + 10) / cells.length,
      ...cells.map((cell) => widthOf(cell) + 10),
    )
  );
  const count = Math.max(
    ...parts.map(({ at, cells }) => at + cells.length),
  );
  const room = (WIDTH - 2 * EDGE) / count;
  const cell = Math.max(LEAST_CELL, ...wanted);
  if (cell > room) {
    throw new FigureProblem(
      `${count} bytes of ${
        cell.toFixed(0)
      } do not fit into ${WIDTH}: show fewer, or shorter names`,
    );
  }
  return Math.min(room, MOST_CELL);
}
