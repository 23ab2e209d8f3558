/**
 * A ladder as SVG: one file with no others, readable in light and in dark.
 *
 * @module
 */
import { type Ladder, roomFor, type Row, type Span } from "./ladder.ts";
import { columns, escapeMarkup as escape } from "./show.ts";

/** The width of a column and the height of a row, in user units. */
const COLUMN = 8;
const ROW = 22;

/** The empty edge around everything. */
const EDGE = 12;

/** How many colours there are for writes. */
const COLOURS = 5;

// Each colour has a contrast of at least 4.5 to 1 with its background.
const STYLE = `
.wire { background: #ffffff; }
.wire text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre; }
.wire line, .wire path { stroke: #59636e; stroke-width: 1.2; fill: none; }
.wire .back { fill: #ffffff; }
.wire .rail { stroke: #818b98; }
.wire .head { font-weight: bold; }
.wire .dim { fill: #59636e; }
.wire .alarm { fill: #c21c2c; font-weight: bold; }
.wire text .c0 { fill: #0b6b8a; } .wire .a.c0 { stroke: #0b6b8a; }
.wire text .c1 { fill: #8a5a00; } .wire .a.c1 { stroke: #8a5a00; }
.wire text .c2 { fill: #a3209b; } .wire .a.c2 { stroke: #a3209b; }
.wire text .c3 { fill: #1a7f37; } .wire .a.c3 { stroke: #1a7f37; }
.wire text .c4 { fill: #3b49df; } .wire .a.c4 { stroke: #3b49df; }`;

const DARK_STYLE = `
@media (prefers-color-scheme: dark) {
.wire { background: #0d1117; }
.wire text { fill: #e6edf3; }
.wire line, .wire path { stroke: #9198a1; }
.wire .back { fill: #0d1117; }
.wire .rail { stroke: #656c76; }
.wire .dim { fill: #9198a1; }
.wire .alarm { fill: #ff7b72; }
.wire text .c0 { fill: #56d4dd; } .wire .a.c0 { stroke: #56d4dd; }
.wire text .c1 { fill: #e3b341; } .wire .a.c1 { stroke: #e3b341; }
.wire text .c2 { fill: #f0a0e8; } .wire .a.c2 { stroke: #f0a0e8; }
.wire text .c3 { fill: #56d364; } .wire .a.c3 { stroke: #56d364; }
.wire text .c4 { fill: #a5b4ff; } .wire .a.c4 { stroke: #a5b4ff; }
}`;

/** What an SVG says about itself to those who do not see it. */
export interface Caption {
  /** A name: `lesson 01, single shot, on the wire`. */
  readonly title: string;
  /** The same story in words; the ladder's text, say. */
  readonly description: string;
}

/**
 * Paints a ladder as one SVG file.
 *
 * @param scheme `light` where what stands around it is light, whatever the reader prefers.
 */
export function paintSvg(
  ladder: Ladder,
  caption: Caption,
  scheme: "both" | "light" = "both",
): string {
  const style = scheme === "both" ? `${STYLE}${DARK_STYLE}` : STYLE;
  const room = roomFor(ladder);
  const width = ladder.width * COLUMN + 2 * EDGE;
  const rails = {
    client: EDGE + (ladder.width - room - 4) * COLUMN + COLUMN / 2,
    server: width - EDGE - COLUMN / 2,
  };
  const top = EDGE + ROW;
  const bottom = top + ladder.rows.length * ROW + 6;
  const height = bottom + ladder.foot.length * ROW + EDGE;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="wire" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escape(caption.title)}</title>`,
    `<desc>${escape(caption.description)}</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
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
    ...ladder.rows.flatMap((row, i) =>
      paintRow(row, top + i * ROW + 14, rails)
    ),
    ...ladder.foot.map((line, i) =>
      text(EDGE, bottom + i * ROW + 18, "start", [{ text: line }], "dim")
    ),
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
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
  const colour = mark === undefined ? "" : ` c${(mark - 1) % COLOURS}`;
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
      (span.mark === undefined ? "" : `c${(span.mark - 1) % COLOURS}`);
    return style === ""
      ? escape(span.text)
      : `<tspan class="${style}">${escape(span.text)}</tspan>`;
  }).join("");
  const style = name === "" ? "" : ` class="${name}"`;
  return `<text${style} xml:space="preserve" x="${x}" y="${y}" text-anchor="${anchor}">${inside}</text>`;
}
