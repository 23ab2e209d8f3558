/**
 * The ladder: time runs down, the client stands left, the server right.
 *
 * This tells each step in words and lays the rows out, 80 columns wide;
 * `terminal.ts` and `svg.ts` paint them. The page (`viewer.ts`) takes the words
 * and has a layout of its own.
 *
 * @module
 */
import type { Side } from "./recording.ts";
import type {
  CloseStep,
  ConnectStep,
  EndStep,
  ReadStep,
  Segment,
  Step,
  Story,
  WriteStep,
} from "./story.ts";
import { showPieces } from "./frames.ts";
import { clip, columns, markOf, showBytes, showText } from "./show.ts";

/** How wide a ladder is, in columns. */
export const WIDTH = 80;

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

/** An arrow from the row's side to the other. */
export interface Arrow {
  /** What stands where it ends; absent for an arrow that arrives. */
  readonly stop?: string;
  /** The number of the write that it carries. */
  readonly mark?: number;
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
}

/** A row before it is known how much of it fits. Its texts are still as they were recorded. */
export interface Draft {
  /** What was done. */
  readonly head: string;
  /** With which bytes. */
  readonly parts?: readonly Segment[];
  /** What there is to say about it. */
  readonly tail?: string;
  /** Whether the tail is about something that went wrong. */
  readonly isAlarm?: boolean;
  /** Whether it is said aside. */
  readonly isDim?: boolean;
  /** What goes over to the other side. */
  readonly arrow?: Arrow;
}

/** Lays a story out. */
export function layOut(story: Story, how: Layout = {}): Ladder {
  const hasTimes = how.times ?? true;
  const most = how.most ?? MOST_ROWS;
  const room = roomFor(hasTimes);
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
    heads: {
      client: how.heads?.client ?? headOf(story, "client"),
      server: how.heads?.server ?? headOf(story, "server"),
    },
    hasTimes,
    rows,
    foot: footOf(story),
  };
}

/** When a story begins, in milliseconds since 1970. */
export function startOf({ steps }: Story): number {
  return steps.reduce((first, { at }) => Math.min(first, at), Infinity);
}

/** What stands under a story: how it is to be read, and what is missing. */
export function footOf({ steps, programs, order }: Story): string[] {
  const foot = ["calls, not segments: what the programs asked of their system"];
  if (order === "cause") {
    foot.push(
      "where cause gives no order, the server stands first, and reads stand last",
    );
  }
  if (steps.some(({ kind }) => kind === "write" || kind === "send")) {
    foot.push(`${markOf(1)} is a write; a read shows whose bytes it holds`);
  }
  if (programs.some(({ frames }) => frames === "<i")) {
    foot.push(
      "[length 5] is a frame's length, 4 bytes as <i; its payload follows",
    );
  }
  for (const { name, skipped } of programs) {
    if (skipped.calls === 0) continue;
    foot.push(
      `${name}: at least ${skipped.calls} more calls (${skipped.bytes} bytes) are counted, not recorded`,
    );
  }
  return foot;
}

/** How many columns there are between the rails, a space at each. */
export function roomFor(hasTimes: boolean): number {
  return WIDTH - 4 - (hasTimes ? TIME_WIDTH : 0);
}

/** What stands over a rail: the program's name. */
export function headOf({ programs }: Story, side: Side): string {
  const names = programs.filter((program) => program.side === side)
    .map(({ name }) => showText(name));
  const [name = "(not recorded)"] = names;
  return names.length > 1 ? `${name} and ${names.length - 1} more` : name;
}

/** Which program and which connection, where there are several: `[1] #2 `. */
export function prefixOf({ programs, connections }: Story, step: Step): string {
  const mates = programs.filter(({ side }) => side === step.side);
  const which = mates.length > 1
    ? `[${
      programs.slice(0, step.program + 1).filter(({ side }) =>
        side === step.side
      ).length
    }] `
    : "";
  return connections > 1 && step.connection !== undefined
    ? `${which}#${step.connection} `
    : which;
}

/** Tells a step in words. */
export function draft(step: Step): Draft {
  switch (step.kind) {
    case "listen":
    case "bind":
      return { head: `${step.kind} ${step.address}`, ...trouble(step) };
    case "connect":
      return draftConnect(step);
    case "accept":
      if (isOwnClose(step)) {
        return { head: "accept: stopped, the listener is closed", isDim: true };
      }
      return step.error?.name === "NotConnected"
        ? {
          head: "accept",
          tail: "✗ RESET: the client was gone already (NotConnected)",
          isAlarm: true,
        }
        : { head: `accept ${step.address}`.trimEnd(), ...trouble(step) };
    case "write":
    case "send":
      return draftWrite(step);
    case "read":
    case "receive":
      return draftRead(step);
    case "closeWrite":
    case "close":
      return draftClose(step);
    case "print":
      return {
        head: `prints${
          step.stream === "stderr" ? " on stderr" : ""
        }: ${step.text}`,
        isDim: true,
      };
    case "typed":
      return { head: `typed: ${step.text || "(Enter)"}`, isDim: true };
    case "end":
      return draftEnd(step);
  }
}

function draftConnect(step: ConnectStep): Draft {
  const head = `connect ${step.address}`;
  if (step.error?.name === "ConnectionRefused") {
    return { head, arrow: { stop: "✗ refused" }, isAlarm: true };
  }
  if (step.error) return { head, ...trouble(step) };
  if (!step.isDone) return { head, arrow: { stop: "✗ no answer" } };
  return step.fate === "never"
    ? { head, arrow: { stop: "✗ never accepted" } }
    : { head, arrow: {} };
}

function draftWrite(step: WriteStep): Draft {
  const { kind, mark, size, count, bytes, pieces, address, read, fate } = step;
  const part = {
    mark,
    from: 0,
    to: size,
    of: size,
    ...(bytes ? { bytes } : {}),
    ...(pieces ? { pieces } : {}),
  };
  const common = {
    head: kind === "send" ? `send ${size} to ${address}:` : `write ${size}:`,
    parts: [part],
  };
  if (step.error) {
    const tail = step.error.name === "BrokenPipe"
      ? "✗ BROKEN PIPE: the other side has closed (BrokenPipe)"
      : undefined;
    return { ...common, ...trouble(step, tail) };
  }
  if (fate === "never") {
    const stop = kind === "send" ? "✗ lost" : "✗ never read";
    return { ...common, arrow: { stop, mark } };
  }
  const tail = count !== undefined && count < size
    ? `took only ${count} of ${size}`
    : fate === "partly"
    ? `✗ only ${read} of ${count ?? size} were read`
    : "";
  return { ...common, tail, arrow: { mark } };
}

function draftRead(step: ReadStep): Draft {
  const { kind, count, segments, address } = step;
  if (isOwnClose(step)) {
    return { head: `${kind}: stopped, this side closed`, isDim: true };
  }
  if (step.error?.name === "ConnectionReset") {
    return {
      head: kind,
      tail: "✗ RESET: the connection was broken off (ConnectionReset)",
      isAlarm: true,
    };
  }
  if (step.error) return { head: kind, ...trouble(step) };
  if (count === null) return { head: "read null: the stream has ended" };
  const [first] = segments;
  const last = segments.at(-1);
  const notes: string[] = [];
  if (kind === "read") {
    if (first?.mark !== undefined && first.from > 0) {
      notes.push(`begins inside ${markOf(first.mark)}`);
    }
    if (last?.mark !== undefined && last.to < (last.of ?? last.to)) {
      notes.push(`ends inside ${markOf(last.mark)}: ${last.to} of ${last.of}`);
    }
  } else if (first?.of !== undefined && first.to < first.of) {
    notes.push(`✗ cut: ${first.of} were sent`);
  }
  return {
    head: kind === "receive"
      ? `receive ${count} from ${address}:`
      : `read ${count}:`,
    parts: segments,
    tail: notes.join(", "),
  };
}

function draftClose(step: CloseStep): Draft {
  if (step.error) return { head: step.kind, ...trouble(step) };
  if (step.kind === "closeWrite") {
    return { head: "half-close: sends no more, still reads", arrow: {} };
  }
  return step.what === "connection"
    ? { head: "close", arrow: {} }
    : { head: `close the ${step.what}` };
}

function draftEnd({ code, signal, waiting }: EndStep): Draft {
  const how = signal !== undefined
    ? `ended by ${signal}`
    : code !== undefined
    ? `ends with exit code ${code}`
    : "the recording ends here";
  const calls = [...new Set(waiting)].join(", ");
  return {
    head: how,
    tail: calls && `still waiting: ${calls}`,
    isDim: signal === undefined && code === 0,
  };
}

/** A program's own close ends the calls that wait: nothing went wrong. */
function isOwnClose({ error }: Step): boolean {
  return error?.name === "Interrupted" || error?.name === "BadResource";
}

function trouble(
  { error }: Step,
  tail = `✗ ${error?.name}: ${error?.message}`,
): Pick<Draft, "tail" | "isAlarm"> {
  return error ? { tail, isAlarm: true } : {};
}

/** Cuts a draft to the room that there is; its last words go on a row of their own where they must. */
function fit(prefix: string, draft: Draft, side: Side, room: number): Row[] {
  const { head, parts = [], arrow, isAlarm, isDim } = draft;
  const tail = showText(draft.tail ?? "");
  const stop = arrow?.stop ?? "";
  const forArrow = arrow ? LEAST_ARROW + columns(stop) + 2 : 0;
  const space = room - forArrow;
  const tone = isDim ? { tone: "dim" as const } : {};
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
    text: clip(`${sign}${showSegment(part)}`, most),
    ...(mark === undefined ? {} : { mark }),
  };
}

/** The bytes of a segment as they stand in a row: as frames where they are some. */
export function showSegment({ from, to, bytes, pieces }: Segment): string {
  const size = to - from;
  if (size === 0) return "(nothing)";
  if (pieces) return showPieces(pieces);
  return bytes ? showBytes(bytes) : `(${size} bytes)`;
}

/** The steps that are not shown, counted. */
function sumUp(steps: readonly Step[], room: number): string[] {
  const counts = new Map<string, number>();
  const bytes = new Map<string, number>();
  const add = (map: Map<string, number>, name: string, more: number) =>
    map.set(name, (map.get(name) ?? 0) + more);
  for (const step of steps) {
    add(counts, step.kind, 1);
    if (step.kind === "write" || step.kind === "send") {
      add(bytes, step.kind, step.count ?? 0);
      if (step.fate === "never") {
        add(counts, step.kind === "send" ? "lost" : "never read", 1);
      }
    }
    if (step.kind === "read" || step.kind === "receive") {
      add(bytes, step.kind, step.count ?? 0);
    }
    if (step.error) add(counts, "error", 1);
  }
  const words = [...counts].map(([name, count]) => {
    const size = bytes.get(name);
    return `${count} × ${name}${size === undefined ? "" : ` (${size} bytes)`}`;
  });
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
