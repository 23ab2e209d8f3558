/**
 * Time lines: time runs to the right, each program or file has a lane.
 *
 * ```text
 * panel lost
 * lane client
 * lane server
 * arrow client 1 server 2: ①
 * lost client 3 server 4: ②
 * step 1: open
 * bar part file 1 4: half
 * kill 2.5: the old file is there
 * ```
 *
 * Panels stand side by side, and each has lanes of its own. Times are numbers
 * of any unit, from 0.
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

/** From one lane to the next. */
const LANE = 58;

/** A bar's height. */
const BAR = 28;

/** The space between two panels. */
const BETWEEN = 24;

/** A time on a lane. */
type Point = readonly [lane: string, at: number];

/** Something goes from one lane to another. */
interface Way {
  readonly kind: "arrow" | "lost";
  readonly from: Point;
  readonly to: Point;
  readonly text: string;
}

/** Something lasts. */
interface Bar {
  readonly kind: "bar";
  readonly lane: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Something happens at one time. */
interface Moment<Kind extends string> {
  readonly kind: Kind;
  readonly at: number;
  readonly text: string;
}

/** What happens in a panel. */
type Event = Way | Bar | Moment<"step"> | Moment<"kill">;

/** Lanes and what happens in them. */
interface Panel {
  readonly name: string;
  readonly lanes: string[];
  readonly events: Event[];
}

/** Draws time lines. @throws {FigureProblem} Where a line says something that is not known here. */
export function drawTimeline(lines: readonly string[]): Drawing {
  const panels: Panel[] = [];
  for (const text of lines) {
    const name = /^panel (.+)$/.exec(text)?.[1];
    if (name !== undefined || panels.length === 0) {
      panels.push({ name: name ?? "", lanes: [], events: [] });
    }
    const panel = panels.at(-1);
    if (name !== undefined || !panel) continue;
    const lane = /^lane (.+)$/.exec(text)?.[1];
    if (lane !== undefined) panel.lanes.push(lane);
    else panel.events.push(readEvent(text, panel.lanes));
  }
  const room = WIDTH - 2 * EDGE - BETWEEN * (panels.length - 1);
  const width = room / panels.length;
  const drawn = panels.map((panel, i) =>
    drawPanel(panel, EDGE + i * (width + BETWEEN), width)
  );
  return {
    elements: drawn.flatMap(({ elements }) => elements),
    height: Math.max(...drawn.map(({ height }) => height)),
  };
}

function readEvent(text: string, lanes: readonly string[]): Event {
  const known = lanes.toSorted((a, b) => b.length - a.length)
    .map((lane) => lane.replace(/\W/g, "\\$&")).join("|");
  const number = String.raw`(\d+(?:\.\d+)?)`;
  const point = `(${known}) ${number}`;
  const way = new RegExp(`^(arrow|lost) ${point} ${point}: (.+)$`).exec(text);
  if (way) {
    const [, kind, from = "", at, to = "", then, words = ""] = way;
    return {
      kind: kind === "lost" ? kind : "arrow",
      from: [from, Number(at)],
      to: [to, Number(then)],
      text: words,
    };
  }
  const bar = new RegExp(`^bar ${point} ${number}: (.+)$`).exec(text);
  if (bar) {
    const [, lane = "", from, to, words = ""] = bar;
    return {
      ...{ kind: "bar", lane, from: Number(from), to: Number(to) },
      text: words,
    };
  }
  const moment = new RegExp(`^(step|kill) ${number}: (.+)$`).exec(text);
  if (!moment) {
    throw new FigureProblem(
      `"${text}": known are panel, lane, arrow, lost, bar, step and kill`,
    );
  }
  const [, kind, time, words = ""] = moment;
  const at = Number(time);
  return kind === "kill"
    ? { kind, at, text: words }
    : { kind: "step", at, text: words };
}

function drawPanel(panel: Panel, left: number, width: number): Drawing {
  const { name, lanes, events } = panel;
  const ways = events.filter(isWay);
  const bars = events.filter((event) => event.kind === "bar");
  const steps = events.filter((event) => event.kind === "step");
  const kills = events.filter((event) => event.kind === "kill");
  // Bars leave no room over their lane: then its name stands before it.
  const names = bars.length > 0 ? Math.max(...lanes.map(widthOf)) + 12 : 0;
  const begin = left + names;
  const last = Math.max(...events.flatMap((event) => timesOf(event)));
  const xOf = (at: number) => begin + at / last * (width - names);
  const top = EDGE + (name === "" ? 0 : LINE + 6) +
    (steps.length > 0 ? LINE + 2 : 0);
  const yOf = (lane: string) => top + 30 + lanes.indexOf(lane) * LANE;
  const bottom = top + lanes.length * LANE - 20;
  const elements: string[] = [];
  if (name !== "") {
    elements.push(write(left, EDGE + 15, name, "start", "head"));
  }
  for (const lane of lanes) {
    const y = yOf(lane);
    const isFirst = lane === lanes[0];
    const at = names > 0 ? y + 5 : isFirst ? y - 20 : y + 20;
    elements.push(
      write(left, at, lane, "start", "dim"),
      arrow([begin, y], [left + width, y], "rail"),
    );
  }
  for (const { at, text } of steps) {
    elements.push(
      write(xOf(at), top - 6, text),
      line([xOf(at), top], [xOf(at), bottom], "rail"),
    );
  }
  for (const [i, bar] of bars.entries()) {
    elements.push(...drawBar(bar, i, xOf, yOf(bar.lane)));
  }
  for (const [i, way] of ways.entries()) {
    const isSame = ({ from, text }: Way) =>
      // a datagram that arrives twice
      text === way.text && from.join() === way.from.join();
    const number = ways.findIndex(isSame);
    elements.push(...drawWay(way, xOf, yOf, colourOf(number + 1)));
    if (number === i) {
      const [lane, at] = way.from;
      const y = yOf(lane) + (lane === lanes[0] ? -6 : 20);
      elements.push(write(xOf(at), y, way.text));
    }
  }
  let height = bottom + EDGE + (bars.length > 0 ? 0 : EDGE);
  if (kills.length > 0) height += LINE;
  for (const [i, { at, text }] of kills.entries()) {
    const sign = `✗${i + 1}`;
    const indent = widthOf("✗1") + 14;
    const told = writeLines(
      ...[left + indent, height + 14, text, width - indent, "start"] as const,
    );
    elements.push(
      line([xOf(at), top + 4], [xOf(at), bottom], "cut"),
      write(xOf(at), bottom + 18, sign, "middle", "alarm"),
      write(left, height + 14, sign, "start", "alarm"),
      ...told.elements,
    );
    height += told.height + 2;
  }
  return { elements, height: kills.length > 0 ? height + EDGE : height };
}

/** A bar, its words at its beginning, where no kill crosses them. */
function drawBar(
  { from, to, text }: Bar,
  index: number,
  xOf: (at: number) => number,
  y: number,
): string[] {
  const left = xOf(from);
  const width = xOf(to) - left;
  if (widthOf(text) + 12 > width) {
    throw new FigureProblem(`"${text}" does not fit into its bar`);
  }
  const place = [left, y - BAR / 2, width, BAR] as const;
  return [
    box(...place, "paper"),
    box(...place, colourOf(index + 1)),
    write(left + 8, y + 5, text, "start"),
  ];
}

function drawWay(
  { kind, from, to }: Way,
  xOf: (at: number) => number,
  yOf: (lane: string) => number,
  style: string,
): string[] {
  const [x, y] = [xOf(from[1]), yOf(from[0])];
  const [right, bottom] = [xOf(to[1]), yOf(to[0])];
  if (kind === "arrow") return [arrow([x, y], [right, bottom], style)];
  const middle = [(x + right) / 2, (y + bottom) / 2] as const;
  return [
    line([x, y], middle, style),
    write(middle[0] + 2, middle[1] + 12, "✗ lost", "start", "alarm"),
  ];
}

/** Whether something goes from one lane to another. */
function isWay(event: Event): event is Way {
  return event.kind === "arrow" || event.kind === "lost";
}

function timesOf(event: Event): number[] {
  switch (event.kind) {
    case "arrow":
    case "lost":
      return [event.from[1], event.to[1]];
    case "bar":
      return [event.to];
    default:
      return [event.at];
  }
}
