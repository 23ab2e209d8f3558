/**
 * Pictures on slides: ladders of diagrams and of recorded runs.
 *
 * @module
 */
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { recordLesson } from "../picture.ts";
import { joinRecordings } from "../wire/join.ts";
import { type Ladder, layOut, type Row } from "../wire/ladder.ts";
import { paintSvg } from "../wire/svg.ts";
import { Problem } from "./problem.ts";
import { findRange, takeRange, type Word } from "./reference.ts";

/** How many rows a picture on a slide may have, so that people at the back can read it. */
const MOST_PICTURE_ROWS = 16;

/** Records lessons' pairs, each run once. */
export class Runs {
  readonly #ladders = new Map<string, Promise<Ladder>>();

  /** The ladder of a run. @param words The client's, or none for the demo's. */
  ladderOf(lesson: Lesson, words: readonly string[]): Promise<Ladder> {
    const key = JSON.stringify([lesson.name, words]);
    const ladder = this.#ladders.get(key) ?? record(lesson, words);
    this.#ladders.set(key, ladder);
    return ladder;
  }

  /** Forgets all runs: a lesson has changed. */
  clear(): void {
    this.#ladders.clear();
  }
}

async function record(
  lesson: Lesson,
  words: readonly string[],
): Promise<Ladder> {
  const recordings = await recordLesson(lesson, words);
  return layOut(joinRecordings(recordings, "cause"), { times: false });
}

/**
 * The ladder that a `wire` fence asks for: `wire 5 --mode fixed`. Behind it may
 * stand `less "text"`, for rows that are left out, and `rows "from" .. "to"`,
 * where only a part is wanted.
 *
 * @throws {Problem} Where there is no such lesson, or no such rows.
 */
export async function runLadder(words: Word[], runs: Runs): Promise<Ladder> {
  const number = words.shift()?.text ?? "";
  const lesson = lessons.find((one) => String(one.number) === number);
  if (!lesson) {
    throw new Problem(
      `wire needs a lesson's number behind it, not "${number}"`,
    );
  }
  const at = words.findIndex(({ text, isQuoted }) =>
    !isQuoted && (text === "less" || text === "rows")
  );
  const client = at === -1 ? words : words.slice(0, at);
  const ladder = await runs.ladderOf(lesson, client.map(({ text }) => text));
  return at === -1
    ? ladder
    : { ...ladder, rows: chooseRows(ladder.rows, words.slice(at)) };
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
 * @throws {Problem} Where it has too many rows.
 */
export function paintFigure(ladder: Ladder, title: string): string {
  const { rows } = ladder;
  if (rows.length > MOST_PICTURE_ROWS) {
    throw new Problem(
      `the picture has ${rows.length} rows, at most ${MOST_PICTURE_ROWS}: show a part, with less "text" or rows "from" .. "to"`,
    );
  }
  const description = describe(ladder);
  const svg = paintSvg(
    { ...ladder, foot: [] },
    { title, description },
    "light",
  );
  return `<figure>${svg}</figure>\n`;
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
