/**
 * A ladder as SVG: one file with no others, readable in light and in dark.
 *
 * @module
 */
import { type Ladder, roomFor, type Row, type Span } from "./ladder.ts";
import { type Caption, colourOf, paintSheet, type Scheme } from "./sheet.ts";
import { escapeMarkup as escape } from "../browser/markup.ts";
import { columns } from "./show.ts";

/** The width of a column and the height of a row, in user units; and of one where there is little room. */
const COLUMN = 8;
const ROW = 22;
const DENSE_ROW = 17.5;

/** The empty edge around everything. */
const EDGE = 12;

/** How a ladder is painted. */
export interface Painting {
  /** Whether it follows the reader's wish for dark; it does unless told otherwise. */
  readonly scheme?: Scheme;
  /** Whether its rows stand close together, so that the letters can be large. */
  readonly isDense?: boolean;
  /** Whether each row is a fragment of a slide that comes by itself. */
  readonly builds?: boolean;
}

/** Paints a ladder as one SVG file. */
export function paintSvg(
  ladder: Ladder,
  caption: Caption,
  how: Painting = {},
): string {
  const { scheme = "both", isDense = false, builds = false } = how;
  const step = isDense ? DENSE_ROW : ROW;
  const room = roomFor(ladder);
  const width = ladder.width * COLUMN + 2 * EDGE;
  const rails = {
    client: EDGE + (ladder.width - room - 4) * COLUMN + COLUMN / 2,
    server: width - EDGE - COLUMN / 2,
  };
  const top = EDGE + ROW;
  const bottom = top + ladder.rows.length * step + 6;
  const height = bottom + ladder.foot.length * ROW + EDGE;
  return paintSheet({ width, height, caption, scheme }, [
    text(rails.client - 4, EDGE + 10, "start", [
      { text: ladder.heads.client },
    ], "head"),
    text(
      rails.server + 4,
      EDGE + 10,
      "end",
      [{ text: ladder.heads.server }],
      "head",
    ),
    ...Object.values(rails).map((x) =>
      `<line class="rail" x1="${x}" y1="${top - 4}" x2="${x}" y2="${bottom}"/>`
    ),
    ...ladder.rows.flatMap((row, i) => {
      const painted = paintRow(row, top + i * step + 14, rails);
      return builds ? [`<g class="fragment">`, ...painted, "</g>"] : painted;
    }),
    ...ladder.foot.map((line, i) =>
      text(EDGE, bottom + i * ROW + 18, "start", [{ text: line }], "dim")
    ),
  ]);
}

function paintRow(
  { side, spans, arrow, time }: Row,
  y: number,
  rails: Readonly<Record<"client" | "server", number>>,
): string[] {
  const isLeft = side === "client";
  const gap = 2 * COLUMN;
  const painted: string[] = [];
  if (time !== undefined && rails.client > EDGE + 8 * COLUMN) {
    const span = { text: time.toFixed(1) };
    painted.push(text(rails.client - COLUMN, y, "end", [span], "dim"));
  }
  if (side === undefined) {
    const middle = (rails.client + rails.server) / 2;
    return [...painted, text(middle, y, "middle", spans, "dim")];
  }
  const from = isLeft ? rails.client + gap / 2 : rails.server - gap / 2;
  painted.push(text(from, y, isLeft ? "start" : "end", spans));
  if (!arrow) return painted;

  // Fonts differ: a mark may be wider than a column, so each gets two.
  const taken = spans.reduce(
    (sum, span) => sum + columns(span.text) + (span.mark ? 1 : 0),
    1,
  );
  const { stop = "", mark } = arrow;
  const direction = isLeft ? 1 : -1;
  const start = from + direction * taken * COLUMN;
  const rail = isLeft ? rails.server : rails.client;
  const tip = rail -
    direction * (2 + (stop ? (columns(stop) + 2) * COLUMN : 0));
  const at = y - 4;
  const colour = mark === undefined ? "" : ` ${colourOf(mark)}`;
  painted.push(
    `<line class="a${colour}" x1="${start}" y1="${at}" x2="${tip}" y2="${at}"/>`,
  );
  if (stop === "") {
    const back = tip - direction * 7;
    painted.push(
      `<path class="a${colour}" d="M${back} ${at - 4}L${tip} ${at}L${back} ${
        at + 4
      }"/>`,
    );
  } else {
    const end = rail - direction * COLUMN;
    painted.push(
      text(end, y, isLeft ? "end" : "start", [{ text: stop, tone: "alarm" }]),
    );
  }
  return painted;
}

function text(
  x: number,
  y: number,
  anchor: "start" | "middle" | "end",
  spans: readonly Span[],
  name = "",
): string {
  const inside = spans.map((span) => {
    const style = span.tone ??
      (span.mark === undefined ? "" : colourOf(span.mark));
    return style === ""
      ? escape(span.text)
      : `<tspan class="${style}">${escape(span.text)}</tspan>`;
  }).join("");
  const style = name === "" ? "" : ` class="${name}"`;
  return `<text${style} xml:space="preserve" x="${x}" y="${y}" text-anchor="${anchor}">${inside}</text>`;
}
