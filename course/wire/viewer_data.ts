/**
 * What the viewer gets: a run as plain values, ready to be shown.
 *
 * All that has to be known about sockets is decided here and in the modules
 * that this one asks; its script (`viewer_script.ts`) shows, lights up
 * and filters, and takes only the types from here.
 *
 * @module
 */
import type { Side } from "./recording.ts";
import { nameOfPiece, type Piece } from "./frames.ts";
import { clip, markOf, showText } from "./show.ts";
import { type Segment, startOf, type Step, type Story } from "./story.ts";
import { InSystem } from "./waiting.ts";
import { draft, footOf, headOf, prefixOf, showSegment } from "./words.ts";

/** How many steps a viewer gets at most: more than a client and a server have. */
export const MOST_STEPS = 50_000;

/** How many characters of a chunk stand in its row. */
const MOST_SHOWN = 240;

/** How many chunks that are in the system are shown of a step, and how much of each, in columns. */
const MOST_WAITING = 6;
const MOST_OF_WAITING = 16;

/** A length, a payload, or what is no frame. */
export interface ViewerPiece {
  /** `[length 5]`. */
  readonly name: string;
  /** How many bytes. */
  readonly size: number;
}

/** Bytes of one write, in the row of that write or of a read that holds them. */
export interface ViewerPart {
  /** The write's number; absent where it was not recorded. */
  readonly mark?: number;
  /** The write's sign, `①`, where it has a number. */
  readonly sign?: string;
  /** Where in the write they begin. */
  readonly from: number;
  /** Where in the write they end, exclusive. */
  readonly to: number;
  /** How many bytes the write had, where that is known. */
  readonly of?: number;
  /** What they look like, on one line. */
  readonly text: string;
  /** The bytes in base64, where they were kept. */
  readonly bytes?: string;
  /** The frames in them, where the lesson says that they are some. */
  readonly pieces?: readonly ViewerPiece[];
}

/** Bytes of one write that nobody has read yet. */
export interface ViewerWaiting {
  /** The write's number. */
  readonly mark: number;
  /** The write's sign, `①`. */
  readonly sign: string;
  /** Who wrote them. */
  readonly side: Side;
  /** Which connection they are on, where there are several: `#2`. */
  readonly who?: string;
  /** How many they are. */
  readonly size: number;
  /** What they look like, as much as there is room for. */
  readonly text: string;
}

/** What is in the system after a step: written and not yet read. */
export interface ViewerSystem {
  /** The first of it. */
  readonly waiting: readonly ViewerWaiting[];
  /** How many chunks more there are. */
  readonly more: number;
  /** How many bytes there are in all, by who wrote them. */
  readonly bytes: Readonly<Record<Side, number>>;
}

/** One step of the story. */
export interface ViewerRow {
  /** At which rail it stands. */
  readonly side: Side;
  /** The program's name. */
  readonly program: string;
  /** What was done: `write`. */
  readonly kind: Step["kind"];
  /** When, in milliseconds since the first step. */
  readonly time: number;
  /** Which program and connection it is about, where there are several: `#2`. */
  readonly who?: string;
  /** The connection's number, where it is about one. */
  readonly connection?: number;
  /** What it says before its bytes. */
  readonly head: string;
  /** With which bytes. */
  readonly parts?: readonly ViewerPart[];
  /** What it says after them. */
  readonly tail?: string;
  /** How it is said: aside, or so that nobody misses it. */
  readonly tone?: "dim" | "alarm";
  /** What goes over to the other side, and what stops it. */
  readonly arrow?: { readonly stop?: string; readonly mark?: number };
  /** What is in the system after it; absent where nothing is. */
  readonly system?: ViewerSystem;
}

/** Where a viewer finds the run that it shows live. */
export interface ViewerLive {
  /** Where its news are: a stream of server-sent events, each a {@linkcode ViewerNews}. */
  readonly news: string;
  /** What is posted to for another run. */
  readonly again: string;
}

/** A run in a viewer. */
export interface ViewerRun {
  /** What stands over each rail. */
  readonly heads: Readonly<Record<Side, string>>;
  /** How many connections there were. */
  readonly connections: number;
  /** What happened, in order. */
  readonly rows: readonly ViewerRow[];
  /** What stands under the rows. */
  readonly foot: readonly string[];
}

/** A viewer's data. */
export interface ViewerData extends ViewerRun {
  /** Where it gets more; absent in one that is kept. */
  readonly live?: ViewerLive;
}

/** What is new of a live run: all rows from a place on stand as they are here. */
export interface ViewerNews extends ViewerRun {
  /** The number of the run, from 1. */
  readonly run: number;
  /** The place of the first row, from 0. */
  readonly from: number;
  /** Whether the programs still run. */
  readonly isRunning: boolean;
  /** What went wrong with the run itself. */
  readonly problem?: string;
}

/** A story as a viewer shows it. */
export function viewerRun(story: Story): ViewerRun {
  const first = startOf(story);
  const steps = story.steps.slice(0, MOST_STEPS);
  const foot = footOf(story).map(showText);
  if (steps.length < story.steps.length) {
    foot.push(
      `the first ${steps.length} of ${story.steps.length} steps are here`,
    );
  }
  const inSystem = new InSystem();
  const rows = steps.map((step) => {
    inSystem.follow(step);
    return {
      ...viewerRow(story, step, step.at - first),
      ...(inSystem.count > 0 ? { system: viewerSystem(story, inSystem) } : {}),
    };
  });
  return {
    heads: {
      client: headOf(story, "client"),
      server: headOf(story, "server"),
    },
    connections: story.connections,
    rows,
    foot,
  };
}

function viewerRow(story: Story, step: Step, time: number): ViewerRow {
  const { side, program, kind, connection } = step;
  const { head, parts, tail = "", isAlarm, isDim, arrow } = draft(step);
  const who = prefixOf(story, step).trim();
  return {
    side,
    program: showText(story.programs[program]?.name ?? ""),
    kind,
    time: Math.round(time * 1000) / 1000,
    ...(who === "" ? {} : { who }),
    ...(connection === undefined ? {} : { connection }),
    head: showText(head),
    ...(parts ? { parts: parts.map(viewerPart) } : {}),
    ...(tail === "" ? {} : { tail: showText(tail) }),
    ...(isAlarm ? { tone: "alarm" } : isDim ? { tone: "dim" } : {}),
    ...(arrow ? { arrow } : {}),
  };
}

function viewerSystem(
  { connections }: Story,
  inSystem: InSystem,
): ViewerSystem {
  return {
    waiting: inSystem.first(MOST_WAITING).map((chunk) => {
      const { mark, side, connection, from, to } = chunk;
      return {
        ...{ mark, sign: markOf(mark), side, size: to - from },
        ...(connections > 1 && connection !== undefined
          ? { who: `#${connection}` }
          : {}),
        text: clip(showSegment(chunk, MOST_OF_WAITING), MOST_OF_WAITING),
      };
    }),
    more: Math.max(0, inSystem.count - MOST_WAITING),
    bytes: { ...inSystem.bytes },
  };
}

function viewerPart(segment: Segment): ViewerPart {
  const { mark, from, to, of, bytes, pieces } = segment;
  return {
    ...(mark === undefined ? {} : { mark, sign: markOf(mark) }),
    from,
    to,
    ...(of === undefined ? {} : { of }),
    text: cut(showSegment(segment)),
    ...(bytes ? { bytes: bytes.toBase64() } : {}),
    ...(pieces ? { pieces: pieces.map(viewerPiece) } : {}),
  };
}

function viewerPiece(piece: Piece): ViewerPiece {
  return { name: nameOfPiece(piece), size: piece.size };
}

function cut(text: string): string {
  if (text.length <= MOST_SHOWN) return text;
  return `${[...text.slice(0, 2 * MOST_SHOWN)].slice(0, MOST_SHOWN).join("")}…`;
}
