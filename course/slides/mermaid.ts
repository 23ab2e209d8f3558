/**
 * Sequence diagrams in mermaid's words, as ladders.
 *
 * A part of mermaid's language is known, which is enough for this course:
 *
 * ```text
 * sequenceDiagram
 *     participant C as client.ts
 *     participant S as server.ts
 *     Note over S: listen on port 8001
 *     C->>S: connect
 *     C-xS: lost on its way
 *     loop until the client leaves
 *         S-->>C: an answer
 *     end
 *     Note over C,S: between the two
 * ```
 *
 * A ladder has two rails. Where there are more than two participants, all
 * arrows must touch one of them: it gets the right rail, and the others share
 * the left one.
 *
 * @module
 */
import { type Ladder, roomFor, type Row } from "../wire/ladder.ts";
import { columns } from "../wire/show.ts";
import { Problem } from "./problem.ts";

/** The least that is left of an arrow, and the spaces around it, in columns. */
const FOR_ARROW = 8;

/** How a diagram is laid out. */
const FRAME = { hasTimes: false, width: 78 }; // as wide as letters of 24 pixels let it be on a slide

/** Who takes part. */
interface Participant {
  readonly id: string;
  readonly label: string;
}

/** A line of a diagram that becomes a row. */
type Event =
  | {
    readonly kind: "arrow";
    readonly from: string;
    readonly to: string;
    readonly text: string;
    readonly isLost: boolean;
  }
  | {
    readonly kind: "note";
    readonly over: readonly string[];
    readonly text: string;
  };

/** What a diagram says. */
interface Diagram {
  readonly participants: readonly Participant[];
  readonly events: readonly Event[];
}

/**
 * Turns a sequence diagram into a ladder without times.
 *
 * @param lines The diagram's, the first of them `sequenceDiagram`.
 * @throws {Problem} With the line's number in the diagram, from 1, where it says something that is not known here.
 */
export function drawSequence(lines: readonly string[]): Ladder {
  const diagram = readDiagram(lines);
  const { participants, events } = diagram;
  const hub = findHub(diagram);
  const guests = participants.filter(({ id }) => id !== hub.id);
  const nameGuest = (id: string) => guests.length > 1 ? `${id}: ` : "";
  const markOf = (id: string) =>
    participants.findIndex((one) => one.id === id) + 1;
  return {
    heads: {
      client: guests.length > 1
        ? guests.map(({ id, label }) => `${id}: ${label}`).join(", ")
        : guests[0]?.label ?? "",
      server: hub.label,
    },
    ...FRAME,
    rows: events.map((event): Row => {
      if (event.kind === "note") {
        const [first = "", ...others] = event.over;
        return others.length > 0 ? { spans: [{ text: event.text }] } : {
          side: first === hub.id ? "server" : "client",
          spans: [{
            text: first === hub.id
              ? event.text
              : `${nameGuest(first)}${event.text}`,
            tone: "dim",
          }],
        };
      }
      const { from, to, text, isLost } = event;
      const guest = from === hub.id ? to : from;
      const mark = markOf(guests.length > 1 ? guest : from);
      return {
        side: from === hub.id ? "server" : "client",
        spans: [{ text: `${nameGuest(guest)}${text}`, mark }],
        arrow: isLost ? { stop: "✗ lost", mark } : { mark },
      };
    }),
    foot: [],
  };
}

function readDiagram(lines: readonly string[]): Diagram {
  const participants: Participant[] = [];
  const events: Event[] = [];
  const loops: string[] = [];
  let hasBegun = false;
  const known = (id: string) => {
    if (!participants.some((one) => one.id === id)) {
      participants.push({ id, label: id }); // mermaid, too, takes a name at its first use
    }
    return id;
  };
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    const fail = (why: string): never => {
      throw new Problem(`line ${i + 1} of the diagram, "${line}": ${why}`);
    };
    if (line === "" || line.startsWith("%%")) continue;
    if (!hasBegun) {
      if (line !== "sequenceDiagram") {
        fail("a diagram begins with sequenceDiagram");
      }
      hasBegun = true;
      continue;
    }
    const event = readEvent(line, known);
    const participant = /^participant (\w+)(?: as (.+))?$/.exec(line);
    const loop = /^loop (.+)$/.exec(line)?.[1];
    if (participant) {
      const [, id = "", label = id] = participant;
      if (participants.some((one) => one.id === id)) {
        fail(`${id} is there already`);
      }
      participants.push({ id, label });
    } else if (loop !== undefined) {
      loops.push(loop);
      events.push({ kind: "note", over: ["", ""], text: `┌ loop: ${loop}` });
    } else if (line === "end") {
      const label = loops.pop() ?? fail("there is no loop to end");
      events.push({ kind: "note", over: ["", ""], text: `└ loop: ${label}` });
    } else if (event) {
      if (event.text.includes("<br")) fail("a row is one line, without <br/>");
      const room = roomFor(FRAME) - (event.kind === "arrow" ? FOR_ARROW : 0);
      const width = columns(event.text);
      if (width > room) fail(`its text has ${width} columns, at most ${room}`);
      events.push(event);
    } else {
      fail(
        "known are: participant A as name, A->>B: text, A-->>B: text, A-xB: text, Note over A: text, Note over A,B: text, loop … end",
      );
    }
  }
  if (!hasBegun) throw new Problem("the diagram is empty");
  if (loops.length > 0) throw new Problem(`loop ${loops[0]} has no end`);
  if (participants.length < 2) {
    throw new Problem("a diagram needs two participants");
  }
  return { participants, events };
}

/** @param known Hears of each participant. */
function readEvent(
  line: string,
  known: (id: string) => string,
): Event | undefined {
  const arrow = /^(\w+)\s*(-?-(?:>>|x))\s*(\w+)\s*: *(.+)$/.exec(line);
  if (arrow) {
    const [, from = "", sign = "", to = "", text = ""] = arrow;
    const isLost = sign.endsWith("x");
    return { kind: "arrow", from: known(from), to: known(to), text, isLost };
  }
  const note = /^Note over (\w+)(?:, *(\w+))? *: *(.+)$/.exec(line);
  if (note) {
    const [, first = "", second, text = ""] = note;
    const over = second === undefined ? [first] : [first, second];
    return { kind: "note", over: over.map(known), text };
  }
  return undefined;
}

/** Who gets the right rail: of two the second, of more the one whom all arrows touch. */
function findHub({ participants, events }: Diagram): Participant {
  const arrows = events.filter((event) => event.kind === "arrow");
  for (const { from, to } of arrows) {
    if (from === to) throw new Problem(`${from} sends to itself: use a note`);
  }
  const [, second] = participants;
  const hub = participants.length === 2
    ? second
    : participants.find(({ id }) =>
      arrows.every(({ from, to }) => from === id || to === id)
    );
  if (!hub) {
    throw new Problem(
      "a ladder has two rails: of more than two participants, one must take part in every arrow",
    );
  }
  return hub;
}
