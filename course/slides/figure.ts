/**
 * Pictures on slides: ladders of diagrams and of recorded runs, figures and bars.
 *
 * @module
 */
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { recordLesson } from "../picture.ts";
import { joinRecordings } from "../wire/join.ts";
import { type Ladder, layOut, type Row } from "../wire/ladder.ts";
import { paintSvg } from "../wire/svg.ts";
import { drawBars } from "../figures/bars.ts";
import { paintFigure as paintDrawing } from "../figures/figure.ts";
import { loadFigure } from "../figures/files.ts";
import { FigureProblem } from "../figures/problem.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { Problem } from "./problem.ts";
import { findRange, takeRange, type Word } from "./reference.ts";
import { firstVerdict } from "./verdict.ts";

/** How many rows a picture on a slide may have, and how wide it is, in columns: so that people at the back can read it. */
const MOST_PICTURE_ROWS = 14;
const PICTURE_WIDTH = 72;

/** Runs lessons' pairs and starters, each once. */
export class Runs {
  readonly #ladders = new Map<string, Promise<Ladder>>();
  readonly #verdicts = new Map<string, Promise<string[]>>();

  /** The ladder of a run. @param words The client's, or none for the demo's. */
  ladderOf(lesson: Lesson, words: readonly string[]): Promise<Ladder> {
    const key = JSON.stringify([lesson.name, words]);
    const ladder = this.#ladders.get(key) ?? record(lesson, words);
    this.#ladders.set(key, ladder);
    return ladder;
  }

  /** What the check says first of a lesson's starter. */
  verdictOn(lesson: Lesson): Promise<string[]> {
    const verdict = this.#verdicts.get(lesson.name) ?? firstVerdict(lesson);
    this.#verdicts.set(lesson.name, verdict);
    return verdict;
  }

  /** Forgets all runs: a lesson has changed. */
  clear(): void {
    this.#ladders.clear();
    this.#verdicts.clear();
  }
}

async function record(
  lesson: Lesson,
  words: readonly string[],
): Promise<Ladder> {
  const recordings = await recordLesson(lesson, words);
  return layOut(joinRecordings(recordings, "cause"), {
    times: false,
    width: PICTURE_WIDTH,
  });
}

/**
 * The ladder that a `wire` fence asks for: `wire 5 --mode fixed`. Behind it may
 * stand `less "text"`, for rows that are left out, and `rows "from" .. "to"`,
 * where only a part is wanted.
 *
 * @throws {Problem} Where there is no such lesson, or no such rows.
 */
export async function runLadder(words: Word[], runs: Runs): Promise<Ladder> {
  const lesson = takeLesson("wire", words);
  const at = words.findIndex(({ text, isQuoted }) =>
    !isQuoted && (text === "less" || text === "rows")
  );
  const client = at === -1 ? words : words.slice(0, at);
  const ladder = await runs.ladderOf(lesson, client.map(({ text }) => text));
  return at === -1
    ? ladder
    : { ...ladder, rows: chooseRows(ladder.rows, words.slice(at)) };
}

/** The lesson whose number stands first among some words. @throws {Problem} Where there is no such lesson. */
export function takeLesson(fence: string, words: Word[]): Lesson {
  const number = words.shift()?.text ?? "";
  const lesson = lessons.find((one) => String(one.number) === number);
  if (lesson) return lesson;
  throw new Problem(
    `${fence} needs a lesson's number behind it, not "${number}"`,
  );
}

/** A figure of the course as HTML for a slide. @throws {Problem} Where it cannot be drawn. */
export async function showFigure(file: string): Promise<string> {
  try {
    return inFigure(paintDrawing(await loadFigure(file), "light"));
  } catch (error) {
    if (error instanceof FigureProblem) {
      throw new Problem(`${file}: ${error.message}`, { cause: error });
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem(`there is no file ${file}`, { cause: error });
  }
}

/** Lines with numbers, as a program shows them on a terminal, as bars for a slide. @throws {Problem} Where there is no number. */
export function showBars(lines: readonly string[], title: string): string {
  try {
    const description = lines.map((line) => line.replace(/█+ /, "")).join("\n");
    const caption = { title, description };
    return inFigure(paintDrawing({ ...drawBars(lines), caption }, "light"));
  } catch (error) {
    if (!(error instanceof FigureProblem)) throw error;
    throw new Problem(error.message, { cause: error });
  }
}

/** A picture on a slide takes of its height as much as it needs, beside other pictures. */
function inFigure(svg: string): string {
  const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? [];
  const shape = (Number(height) / Number(width)).toFixed(3);
  return `<figure style="--shape: ${shape}">${svg}</figure>\n`;
}

function chooseRows(rows: readonly Row[], words: Word[]): readonly Row[] {
  let chosen = rows;
  while (words.length > 0) {
    const sign = words.shift()?.text;
    const range = takeRange(words);
    if (!range || (sign !== "less" && sign !== "rows")) {
      throw new Problem(
        `behind a run come less "text" and rows "from" .. "to"`,
      );
    }
    if (sign === "less") {
      const { length } = chosen;
      chosen = chosen.filter((row) => !textOf(row).includes(range.from));
      if (chosen.length === length) {
        throw new Problem(`no row of the run has "${range.from}"`);
      }
    } else {
      const [first, last] = findRange(chosen.map(textOf), range, "the run");
      chosen = chosen.slice(first, last + 1);
    }
  }
  return chosen;
}

/**
 * A ladder as HTML for a slide.
 *
 * @param title What the picture is called.
 * @param builds Whether its rows come one by one.
 * @throws {Problem} Where it has too many rows.
 */
export function paintFigure(
  ladder: Ladder,
  title: string,
  builds = false,
): string {
  const { rows } = ladder;
  if (rows.length > MOST_PICTURE_ROWS) {
    throw new Problem(
      `the picture has ${rows.length} rows, at most ${MOST_PICTURE_ROWS}: show a part, with less "text" or rows "from" .. "to"`,
    );
  }
  const description = describe(ladder);
  return inFigure(paintSvg(
    { ...ladder, foot: [] },
    { title, description },
    { scheme: "light", isDense: true, builds },
  ));
}

/** A ladder as an HTML image that follows the reader's light or dark, as high as it is. */
export function paintImage(ladder: Ladder, title: string): string {
  const description = describe(ladder);
  const svg = paintSvg(
    { ...ladder, foot: [] },
    { title, description },
    { isDense: true },
  );
  const source = new TextEncoder().encode(svg).toBase64();
  return `<p><img class="diagram" src="data:image/svg+xml;base64,${source}" alt="${
    escapeMarkup(description)
  }"></p>\n`;
}

/** A ladder in words, for those who do not see it. */
function describe({ heads, rows }: Ladder): string {
  return rows.map((row) => {
    const { side, arrow } = row;
    const text = textOf(row).replaceAll(/[┌└] /g, "");
    if (side === undefined) return `${text}.`;
    const other = side === "client" ? heads.server : heads.client;
    const way = arrow === undefined
      ? ""
      : ` → ${arrow.stop === undefined ? other : arrow.stop.replace("✗ ", "")}`;
    return `${heads[side]}: ${text}${way}.`;
  }).join("\n");
}

function textOf({ spans }: Row): string {
  return spans.map(({ text }) => text).join("").trim();
}
