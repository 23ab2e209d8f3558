/**
 * A ladder on a terminal: text as wide as the terminal, or of 80 columns.
 *
 * Colour only underlines what the marks and words say already.
 *
 * @module
 */
import {
  blue,
  bold,
  cyan,
  dim,
  green,
  magenta,
  red,
  yellow,
} from "@std/fmt/colors";
import { plain } from "../../kit/plain.ts";
import {
  type Ladder,
  type Layout,
  roomFor,
  type Row,
  type Span,
} from "./ladder.ts";
import { clip, columns } from "./show.ts";

const COLOURS = [cyan, yellow, magenta, green, blue];

/** Paints a ladder. Whether in colour is up to `setColorEnabled` of `@std/fmt/colors`. */
export function paintTerminal(ladder: Ladder): string {
  return [
    paintHeads(ladder),
    ...ladder.rows.map((row) => paintLine(row, ladder)),
    ...paintFoot(ladder),
  ].join("\n");
}

/** Paints one row, its time before it. */
export function paintLine(
  row: Row,
  ladder: Pick<Ladder, "hasTimes" | "width">,
): string {
  const room = roomFor(ladder);
  const gutter = ladder.hasTimes
    ? timeText(row.time).padStart(ladder.width - room - 5) + " "
    : "";
  return `${gutter}│ ${paintRow(row, room)} │`;
}

/** Paints the lines under the rows. */
export function paintFoot({ foot, width }: Ladder): string[] {
  return foot.map((line) => dim(clip(plain(line), width)));
}

/** Paints what stands over the rails. */
export function paintHeads(ladder: Ladder): string {
  const { heads, hasTimes, width } = ladder;
  const room = roomFor(ladder);
  const left = clip(plain(heads.client), room - 12);
  const right = clip(plain(heads.server), room + 3 - columns(left));
  const gap = " ".repeat(room + 4 - columns(left) - columns(right));
  const margin = hasTimes ? "ms".padStart(width - room - 5) + " " : "";
  return `${dim(margin)}${bold(left)}${gap}${bold(right)}`;
}

function paintRow(row: Row, room: number): string {
  const { side, arrow } = row;
  const spans = row.spans.map((span) => ({ ...span, text: plain(span.text) }));
  const text = spans.map(({ text }) => text).join("");
  const painted = spans.map(paint).join("");
  const left = room - columns(text);
  if (side === undefined) {
    const before = Math.max(0, Math.floor(left / 2));
    const after = Math.max(0, left - before);
    return " ".repeat(before) + dim(text) + " ".repeat(after);
  }
  if (!arrow) {
    const gap = " ".repeat(Math.max(0, left));
    return side === "client" ? painted + gap : gap + painted;
  }
  const { stop = "", mark } = arrow;
  const colour = mark === undefined ? dim : colourOf(mark);
  if (stop === "") {
    const line = "─".repeat(Math.max(0, left - 2));
    return side === "client"
      ? `${painted} ${colour(`${line}▶`)}`
      : `${colour(`◀${line}`)} ${painted}`;
  }
  const line = "─".repeat(Math.max(0, left - columns(stop) - 2));
  return side === "client"
    ? `${painted} ${colour(line)} ${red(stop)}`
    : `${red(stop)} ${colour(line)} ${painted}`;
}

function paint({ text, mark, tone }: Span): string {
  if (tone === "alarm") return red(text);
  if (tone === "dim") return dim(text);
  return mark === undefined ? text : colourOf(mark)(text);
}

function colourOf(mark: number): (text: string) => string {
  return COLOURS[(mark - 1) % COLOURS.length] ?? cyan;
}

/** The layout that takes the width of the terminal; what goes elsewhere is as wide as on the pages. */
export function widthOfTerminal(): Pick<Layout, "width"> {
  if (!Deno.stdout.isTerminal()) return {};
  try {
    return { width: Deno.consoleSize().columns };
  } catch {
    return {}; // a terminal that does not say
  }
}

function timeText(time?: number): string {
  if (time === undefined) return "";
  return time < 100_000 ? time.toFixed(1) : time.toFixed(0);
}
