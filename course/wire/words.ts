/**
 * A story in words: what stands in each row, over the rows and under them.
 *
 * @module
 */
import { showPieces } from "./frames.ts";
import type { Side } from "./recording.ts";
import { markOf, showBytes, showText } from "./show.ts";
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

/** An arrow from the row's side to the other. */
export interface Arrow {
  /** What stands where it ends; absent for an arrow that arrives. */
  readonly stop?: string;
  /** The number of the write that it carries. */
  readonly mark?: number;
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
  /** Whether what was done is shown whole, in as many rows as it takes; it has no parts and no tail then. */
  readonly isWhole?: boolean;
  /** What goes over to the other side. */
  readonly arrow?: Arrow;
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
        isWhole: step.stream === "stderr", // half a complaint is no help
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
  const tail = step.isDoubled
    ? "✗ doubled"
    : count !== undefined && count < size
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
  if (step.isCopy) notes.push("✗ a second copy");
  if (step.overtakenBy !== undefined) {
    notes.push(`✗ late: ${markOf(step.overtakenBy)} came before`);
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

/**
 * The bytes of a segment as they stand in a row: as frames where they are some.
 *
 * @param most How many columns there are for them; what shows them may still have to cut them.
 */
export function showSegment(
  { from, to, bytes, pieces }: Segment,
  most = Infinity,
): string {
  const size = to - from;
  if (size === 0) return "(nothing)";
  if (pieces) return showPieces(pieces, most);
  return bytes ? showBytes(bytes) : `(${size} bytes)`;
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
  if (programs.some(({ frames }) => frames === "files")) {
    foot.push(
      "[length 5] is 4 bytes as <i; then its payload, and the file that this announces",
    );
  }
  if (programs.some(({ frames }) => frames === "tftp")) {
    foot.push("[data 7] is a packet of TFTP with its number; its bytes follow");
  }
  for (const { name, isRelayed } of programs) {
    if (!isRelayed) continue;
    foot.push(
      `a relay saw these bytes pass, not the calls: ${showText(name)}`,
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

/** What stands over a rail: the program's name. */
export function headOf({ programs }: Story, side: Side): string {
  const names = programs.filter((program) => program.side === side)
    .map(({ name }) => showText(name));
  const [name = "(not recorded)", ...others] = names;
  if (others.length === 0) return name;
  const own = ownNames(names);
  return own
    ? `${name}, ${own.slice(1).join(", ")}`
    : `${name} and ${others.length} more`;
}

/** What the names of several programs differ in: the last word, `anna` of `client.ts anna`. */
function ownNames(names: readonly string[]): string[] | undefined {
  const words = names.map((name) => name.split(" "));
  const rests = new Set(words.map((all) => all.slice(0, -1).join(" ")));
  const own = words.map((all) => all.at(-1) ?? "");
  const isTold = rests.size === 1 && !rests.has("") &&
    new Set(own).size === own.length;
  return isTold ? own : undefined;
}

/** The client of each connection, by its name, where several clients have names of their own. */
const clientNames = new WeakMap<Story, ReadonlyMap<number, string>>();

function clientsOf(story: Story): ReadonlyMap<number, string> {
  const known = clientNames.get(story);
  if (known) return known;
  const { programs, steps } = story;
  const clients = programs.filter(({ side }) => side === "client");
  const own = ownNames(clients.map(({ name }) => showText(name))) ?? [];
  const names = new Map<number, string>();
  for (const { side, program, connection } of steps) {
    const client = programs[program];
    if (side !== "client" || !client || connection === undefined) continue;
    const name = own[clients.indexOf(client)];
    if (name !== undefined && own.length > 1) names.set(connection, name);
  }
  clientNames.set(story, names);
  return names;
}

/**
 * Whose row it is, where there are several: the client's name, `anna `, where
 * they have names, else which program and which connection, `[1] #2 `.
 */
export function prefixOf(story: Story, step: Step): string {
  const { programs, connections } = story;
  const clients = programs.filter(({ side }) => side === "client");
  const own = clients.length > 1
    ? ownNames(clients.map(({ name }) => showText(name)))
    : undefined;
  const self = programs[step.program];
  const name = step.side === "client" && self
    ? own?.[clients.indexOf(self)]
    : clientsOf(story).get(step.connection ?? 0);
  if (name !== undefined) return `${name} `;
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

/** Steps that are not shown, counted: `3 × write (12 bytes)`. */
export function countSteps(steps: readonly Step[]): string[] {
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
      if (step.isDoubled) add(counts, "doubled", 1);
    }
    if (step.kind === "receive" && step.overtakenBy !== undefined) {
      add(counts, "late", 1);
    }
    if (step.kind === "read" || step.kind === "receive") {
      add(bytes, step.kind, step.count ?? 0);
    }
    if (step.error) add(counts, "error", 1);
  }
  return [...counts].map(([name, count]) => {
    const size = bytes.get(name);
    return `${count} × ${name}${size === undefined ? "" : ` (${size} bytes)`}`;
  });
}
