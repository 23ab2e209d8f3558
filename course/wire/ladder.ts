/**
 * The ladder: time runs down, the client stands left, the server right.
 *
 * This lays out the words of each step (`words.ts`) in rows of as many columns as there are;
 * `terminal.ts` and `svg.ts` paint them. The viewer takes the words, too, and
 * has a layout of its own.
 *
 * @module
 */
import type { Side } from "./recording.ts";
import { clip, columns, markOf, showText } from "./show.ts";
import { type Segment, startOf, type Step, type Story } from "./story.ts";
import {
  type Arrow,
  countSteps,
  type Draft,
  draft,
  footOf,
  headOf,
  prefixOf,
  showSegment,
} from "./words.ts";

/** How wide a ladder is, in columns, unless told otherwise: on every page and slide. */
export const WIDTH = 80;

/** How wide a ladder may be. */
const LEAST_WIDTH = 60;
const MOST_WIDTH = 160;

/** How many rows are shown at most; the middle of a longer story is summed up. */
export const MOST_ROWS = 200;

/** The least that is left of an arrow, in columns. */
const LEAST_ARROW = 5;

/** How wide the times are, in columns. */
const TIME_WIDTH = 9;

/** A piece of a row. */
export interface Span {
  /** What it says. */
  readonly text: string;
  /** The number of the write that it belongs to: that gives its colour. */
  readonly mark?: number;
  /** How it is said: aside, or so that nobody misses it. */
  readonly tone?: "dim" | "alarm";
}

/** A row of a ladder. */
export interface Row {
  /** The side at which it stands; a row without one is a note between them. */
  readonly side?: Side;
  /** What it says. */
  readonly spans: readonly Span[];
  /** What goes over to the other side. */
  readonly arrow?: Arrow;
  /** When, in milliseconds since the first row. */
  readonly time?: number;
}

/** A ladder, ready to be painted. */
export interface Ladder {
  /** How wide it is, in columns. */
  readonly width: number;
  /** What stands over each rail. */
  readonly heads: Readonly<Record<Side, string>>;
  /** Whether its rows have times. */
  readonly hasTimes: boolean;
  /** From top to bottom. */
  readonly rows: readonly Row[];
  /** Lines under it. */
  readonly foot: readonly string[];
}

/** How a ladder is laid out. */
export interface Layout {
  /** What stands over a rail instead of the program's name. */
  readonly heads?: Partial<Record<Side, string>>;
  /** Whether each row says when; yes unless told otherwise. */
  readonly times?: boolean;
  /** How many rows at most; {@linkcode MOST_ROWS} unless told otherwise. */
  readonly most?: number;
  /** How wide it is, in columns: from 60 to 160, {@linkcode WIDTH} unless told otherwise. */
  readonly width?: number;
}

/** Lays a story out. */
export function layOut(story: Story, how: Layout = {}): Ladder {
  const hasTimes = how.times ?? true;
  const most = how.most ?? MOST_ROWS;
  const width = Math.min(
    Math.max(how.width ?? WIDTH, LEAST_WIDTH),
    MOST_WIDTH,
  );
  const room = roomFor({ hasTimes, width });
  const { steps } = story;
  const first = startOf(story);
  const draw = (step: Step): Row[] => {
    const rows = fit(prefixOf(story, step), draft(step), step.side, room);
    const [head, ...rest] = rows;
    return head ? [{ ...head, time: step.at - first }, ...rest] : [];
  };

  const isLong = steps.length > most;
  const top = isLong ? Math.floor(most * 0.6) : steps.length;
  const bottom = isLong ? steps.length - Math.floor(most * 0.3) : top;
  const rows = steps.slice(0, top).flatMap(draw);
  if (isLong) {
    const texts = sumUp(steps.slice(top, bottom), room);
    rows.push(...texts.map((text): Row => ({ spans: [{ text }] })));
    rows.push(...steps.slice(bottom).flatMap(draw));
  }
  return {
    width,
    heads: {
      client: how.heads?.client ?? headOf(story, "client"),
      server: how.heads?.server ?? headOf(story, "server"),
    },
    hasTimes,
    rows,
    foot: footOf(story),
  };
}

/** How many columns there are between the rails, a space at each. */
export function roomFor(
  { hasTimes, width }: Pick<Ladder, "hasTimes" | "width">,
): number {
  return width - 4 - (hasTimes ? TIME_WIDTH : 0);
}

/** Cuts a draft to the room that there is; its last words go on a row of their own where they must. */
function fit(prefix: string, draft: Draft, side: Side, room: number): Row[] {
  const { head, parts = [], arrow, isAlarm, isDim, isWhole } = draft;
  const tail = showText(draft.tail ?? "");
  const stop = arrow?.stop ?? "";
  const forArrow = arrow ? LEAST_ARROW + columns(stop) + 2 : 0;
  const space = room - forArrow;
  const tone = isDim ? { tone: "dim" as const } : {};
  if (isWhole) {
    return inRows(`${prefix}${showText(head)}`, room)
      .map((text) => ({ side, spans: [{ text, ...tone }] }));
  }
  const lead = { text: clip(`${prefix}${showText(head)}`, space), ...tone };
  const left = space - columns(lead.text);
  const least = parts.length > 0 ? 12 : 0;
  const end = tail === ""
    ? []
    : [{ text: `  ${tail}`, ...(isAlarm ? { tone: "alarm" as const } : tone) }];
  const isTailHere = columns(tail) + 2 <= left - least;
  const shown = fitParts(
    parts,
    left - (isTailHere ? columns(tail) + 2 : 0),
  );
  const row: Row = {
    side,
    spans: [lead, ...shown, ...(isTailHere ? end : [])],
    ...(arrow ? { arrow } : {}),
  };
  if (isTailHere || tail === "") return [row];
  const spans = end.map((span) => ({
    ...span,
    text: `  ${clip(tail, room - 2)}`,
  }));
  return [row, { side, spans }];
}

/** How many rows what is shown whole may take. */
const MOST_PARTS = 8;

/** A text in rows, broken at its spaces where that leaves none of them half empty. */
function inRows(text: string, room: number): string[] {
  const rows: string[] = [];
  let rest = text;
  while (columns(rest) > room && rows.length < MOST_PARTS - 1) {
    let row = "";
    for (const character of rest) {
      if (columns(row + character) > room) break;
      row += character;
    }
    const space = rest[row.length] === " " ? row.length : row.lastIndexOf(" ");
    if (space > room / 2) row = row.slice(0, space);
    rows.push(row);
    rest = `  ${rest.slice(row.length).trimStart()}`;
  }
  return [...rows, clip(rest, room)];
}

/** As many segments as there is room for, and of each as much. */
function fitParts(parts: readonly Segment[], room: number): Span[] {
  const whole = parts.map((part) => spanOf(part, Infinity));
  const width = (spans: readonly Span[]) =>
    spans.reduce((sum, { text }) => sum + columns(text), 0);
  if (width(whole) <= room) return whole;
  const single = parts[0];
  if (parts.length === 1 && single) return [spanOf(single, room)];
  const each = Math.max(10, Math.floor(room / parts.length));
  const spans: Span[] = [];
  for (const [i, part] of parts.entries()) {
    const rest = parts.length - i - 1;
    const more = rest > 0 ? { text: ` and ${rest} more` } : { text: "" };
    const span = spanOf(part, each);
    if (width([...spans, span, more]) > room) {
      return [...spans, { text: ` and ${rest + 1} more` }];
    }
    spans.push(span);
  }
  return spans;
}

function spanOf(part: Segment, most: number): Span {
  const { mark } = part;
  const sign = mark === undefined ? " " : ` ${markOf(mark)}`;
  return {
    text: clip(`${sign}${showSegment(part, most - columns(sign))}`, most),
    ...(mark === undefined ? {} : { mark }),
  };
}

/** The steps that are not shown, counted in lines. */
function sumUp(steps: readonly Step[], room: number): string[] {
  const words = countSteps(steps);
  const lines = [`… ${steps.length} steps are left out here:`];
  for (const [i, word] of words.entries()) {
    const piece = i === words.length - 1 ? word : `${word}, `;
    const line = lines.at(-1) ?? "";
    if (i > 0 && columns(line + piece) <= room - 4) {
      lines[lines.length - 1] = line + piece;
    } else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
