/**
 * Buffers: two programs, and what lies in the system between them.
 *
 * ```text
 * client.ts | server.ts
 * → ③aaa | ②aaa | ①aaa
 * ← full | | full
 * says: write puts bytes in here | read takes out what is there
 * ```
 *
 * An arrow is a direction: what lies in the send buffer, what is on its way and
 * what lies in the receive buffer, first the side that writes. `full` is a
 * buffer without room.
 *
 * @module
 */
import {
  arrow,
  box,
  type Drawing,
  EDGE,
  WIDTH,
  widthOf,
  write,
  writeLines,
} from "./pen.ts";
import { colourOf } from "../wire/sheet.ts";
import { FigureProblem } from "./problem.ts";

/** From the left: a program, a buffer, the network, a buffer, a program. */
const PROGRAM = 110;
const BUFFER = 138;
const GAP = 22;

/** A buffer's height, and what stands over and under it. */
const HEIGHT = 38;
const OVER = 24;
const UNDER = 16;

/** The sign of the first write, ①: each sign has a colour, as in a ladder. */
const FIRST_MARK = 0x2460;

/** A direction. */
interface Lane {
  readonly isRight: boolean;
  /** In the send buffer, on the way, in the receive buffer. */
  readonly places: readonly string[];
}

/** Draws buffers. @throws {FigureProblem} Where a line says something that is not known here. */
export function drawBuffers(lines: readonly string[]): Drawing {
  const [first = "", ...rest] = lines;
  const [left = "", right = "", more] = first.split(" | ");
  if (right === "" || more !== undefined) {
    throw new FigureProblem(`"${first}": two programs, left | right`);
  }
  const lanes = rest.filter((line) => /^[→←]/.test(line)).map(readLane);
  const inside = lanes.length * (OVER + HEIGHT + UNDER);
  const elements = [
    box(EDGE, EDGE, PROGRAM, inside),
    box(WIDTH - EDGE - PROGRAM, EDGE, PROGRAM, inside),
    write(EDGE + PROGRAM / 2, EDGE + inside / 2 + 5, left, "middle", "head"),
    write(
      WIDTH - EDGE - PROGRAM / 2,
      EDGE + inside / 2 + 5,
      right,
      "middle",
      "head",
    ),
    ...lanes.flatMap((lane, i) =>
      drawLane(lane, EDGE + OVER + i * (OVER + HEIGHT + UNDER))
    ),
  ];
  let height = EDGE + inside + EDGE;
  for (const line of rest) {
    if (/^[→←]/.test(line)) continue;
    const [, told = "", answer = ""] = /^says: (.+) \| (.+)$/.exec(line) ?? [];
    if (answer === "") {
      throw new FigureProblem(
        `"${line}": known are →, ← and says: left | right`,
      );
    }
    const room = WIDTH / 2 - 2 * EDGE;
    const said = [
      writeLines(EDGE, height + 14, told, room, "start"),
      writeLines(WIDTH - EDGE, height + 14, answer, room, "end"),
    ];
    elements.push(...said.flatMap((one) => one.elements));
    height += Math.max(...said.map((one) => one.height)) + EDGE;
  }
  return { elements, height };
}

function readLane(text: string): Lane {
  const places = text.slice(1).split("|").map((place) => place.trim());
  if (places.length !== 3) {
    throw new FigureProblem(`"${text}": three places, send | way | receive`);
  }
  return { isRight: text.startsWith("→"), places };
}

function drawLane({ isRight, places }: Lane, y: number): string[] {
  const [sending = "", way = "", receiving = ""] = places;
  const near = EDGE + PROGRAM + GAP;
  const far = WIDTH - near - BUFFER;
  const middle = y + HEIGHT / 2;
  const [send, receive] = isRight ? [near, far] : [far, near];
  const across = (from: number, to: number) =>
    isRight
      ? arrow([from, middle], [to, middle])
      : arrow([WIDTH - from, middle], [WIDTH - to, middle]);
  return [
    write(send + BUFFER / 2, y - 7, "send buffer", "middle", "dim"),
    write(receive + BUFFER / 2, y - 7, "receive buffer", "middle", "dim"),
    ...drawBuffer(sending, send, y, isRight),
    ...drawBuffer(receiving, receive, y, isRight),
    across(EDGE + PROGRAM, near),
    across(near + BUFFER, far),
    across(far + BUFFER, far + BUFFER + GAP),
    write(WIDTH / 2, middle - 8, way),
    write(WIDTH / 2, middle + 20, "network", "middle", "dim"),
  ];
}

/** A buffer and its chunks; the first that came stand where they leave it. */
function drawBuffer(
  content: string,
  x: number,
  y: number,
  isRight: boolean,
): string[] {
  const frame = box(x, y, BUFFER, HEIGHT);
  if (content === "full") {
    return [
      box(x, y, BUFFER, HEIGHT, colourOf(2)),
      write(x + BUFFER / 2, y + 24, "full", "middle", "alarm"),
    ];
  }
  const elements = [frame];
  let used = 4;
  const chunks = content.split(" ").filter((chunk) => chunk !== "");
  for (const chunk of chunks.toReversed()) {
    const width = widthOf(chunk) + 12;
    const left = isRight ? x + BUFFER - used - width : x + used;
    const number = (chunk.codePointAt(0) ?? 0) - FIRST_MARK + 1;
    elements.push(
      box(left, y + 5, width, HEIGHT - 10, colourOf(Math.max(1, number))),
      write(left + width / 2, y + 24, chunk),
    );
    used += width + 4;
  }
  if (used > BUFFER) {
    throw new FigureProblem(`"${content}" does not fit into a buffer`);
  }
  return elements;
}
