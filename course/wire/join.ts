/**
 * Joins what several programs recorded into one story.
 *
 * @module
 */
import type {
  Call,
  ConnectCall,
  Exit,
  Print,
  ReadCall,
  ReceiveCall,
  Recording,
  SendCall,
  Side,
  WriteCall,
} from "./recording.ts";
import { type Cutter, cutterFor, type Piece } from "./frames.ts";
import { packetIn } from "./packets.ts";
import { type End, Joint, type LooseSegment } from "./joint.ts";
import { type Node, putInOrder } from "./order.ts";
import type {
  AnyStep,
  EndStep,
  Fate,
  Order,
  PrintStep,
  ReadStep,
  Step,
  Story,
  WriteStep,
} from "./story.ts";

/**
 * Joins recordings.
 *
 * @param recordings Of a client and a server, of one of them alone, or of several of each.
 * @param order What decides where cause leaves it open.
 */
export function joinRecordings(
  recordings: readonly Recording[],
  order: Order = "clock",
): Story {
  const joint = new Joint(recordings);
  const nodes = putInOrder(joint, order);
  return {
    programs: recordings.map(({ side, name, frames, isRelayed, skipped }) => ({
      side,
      name,
      ...(isRelayed ? { isRelayed } : {}),
      ...(frames ? { frames } : {}),
      skipped,
    })),
    steps: new Teller(joint).tell(nodes),
    connections: joint.connections,
    order,
  };
}

/** Turns moments into steps. */
class Teller {
  readonly #marks = new Map<Call, number>();
  readonly #written = new Map<End, Cutter>();
  readonly #read = new Map<End, Cutter>();
  readonly #begun = new Map<string, PrintStep>(); // lines that were printed without their end
  readonly #hasBothSides: boolean;

  constructor(readonly joint: Joint) {
    const sides = joint.recordings.map(({ side }) => side);
    this.#hasBothSides = new Set(sides).size === 2;
  }

  tell(nodes: readonly Node[]): Step[] {
    const steps: Step[] = [];
    const left = this.joint.recordings.map(({ moments }) => moments.length);
    const waiting = this.joint.recordings.map((): string[] => []);
    for (const { program, moment } of nodes) {
      const recording = this.joint.recordings[program];
      if (!recording) continue;
      const { side } = recording;
      const base = { side, program, at: moment.at };
      left[program] = (left[program] ?? 0) - 1;
      const isLast = left[program] === 0;
      if (moment.type === "print") {
        this.#tellPrint(moment, base, steps);
      } else if (moment.type === "typed") {
        steps.push({ ...base, kind: "typed", text: moment.text });
      } else if (moment.type === "start" || moment.type === "end") {
        const { call, type } = moment;
        if (call.end === undefined) waiting[program]?.push(call.call);
        const step = this.#tellCall(recording, call, type, base);
        if (step) steps.push(step);
      }
      if (isLast) {
        const exit = moment.type === "exit" ? moment : undefined;
        steps.push(endStep(base, waiting[program] ?? [], exit));
      }
    }
    return steps;
  }

  /** A line that is printed in pieces with no call between them is one step. */
  #tellPrint(
    { stream, text, isOpen = false }: Print,
    base: { side: Side; program: number; at: number },
    steps: Step[],
  ): void {
    const key = `${base.program} ${stream}`;
    const begun = this.#begun.get(key);
    this.#begun.delete(key);
    let step: PrintStep = { ...base, kind: "print", stream, text };
    const last = steps.findLastIndex(({ program }) => program === base.program);
    if (begun && steps[last] === begun) {
      step = { ...begun, text: begun.text + text };
      steps[last] = step;
    } else if (!begun || text !== "") steps.push(step); // a line's end alone is none
    if (isOpen) this.#begun.set(key, step);
  }

  #tellCall(
    recording: Recording,
    call: Call,
    type: "start" | "end",
    base: { side: Side; program: number; at: number },
  ): Step | undefined {
    const socket = call.call === "accept" ? call.listener : call.socket;
    const end = this.joint.ends.get(recording)?.get(call.socket ?? -1);
    if (end) this.#number(end);
    const about = {
      ...base,
      ...(end && end.connection > 0 ? { connection: end.connection } : {}),
      ...(call.error ? { error: call.error } : {}),
    };
    switch (call.call) {
      case "listen":
      case "bind":
        return type === "end"
          ? { ...about, kind: call.call, address: call.local ?? call.address }
          : undefined;
      case "connect":
        return type === "start"
          ? {
            ...about,
            kind: "connect",
            address: call.address,
            isDone: call.end !== undefined,
            fate: this.#fateOfConnect(call, end),
          }
          : undefined;
      case "accept":
        return type === "end"
          ? { ...about, kind: "accept", address: call.remote ?? "" }
          : undefined;
      case "write":
      case "send":
        return type === "start"
          ? this.#tellWrite(recording, call, about, end)
          : undefined;
      case "read":
      case "receive":
        return type === "end"
          ? this.#tellRead(recording, call, about, end)
          : undefined;
      case "close":
      case "closeWrite": {
        if (type === "end") return undefined;
        const door = this.joint.doors.get(recording)?.get(socket ?? -1);
        const what = end
          ? "connection"
          : door?.opened.call === "bind"
          ? "socket"
          : "listener";
        return { ...about, kind: call.call, what };
      }
    }
  }

  /** Numbers a connection the first time that it is told of. */
  #number(end: End): void {
    if (end.connection > 0) return;
    end.connection = ++this.joint.connections;
    if (end.peer) end.peer.connection = end.connection;
  }

  #tellWrite(
    recording: Recording,
    call: WriteCall | SendCall,
    about: AnyStep,
    end: End | undefined,
  ): WriteStep {
    const mark = this.#marks.size + 1;
    this.#marks.set(call, mark);
    const read = this.joint.arrived.get(call) ?? 0;
    return {
      ...about,
      kind: call.call,
      mark,
      size: call.size,
      read,
      fate: call.call === "send"
        ? this.#fateOfSend(call)
        : this.#fateOfWrite(recording, call, end, read),
      ...(call.count === undefined ? {} : { count: call.count }),
      ...(call.bytes ? { bytes: call.bytes } : {}),
      ...(call.call === "send"
        ? packetIn(recording.frames, call.bytes)
        : this.#cut(this.#written, end, call.size, call.bytes, call.count)),
      ...(call.call === "send" ? { address: call.address } : {}),
      ...("copies" in call && call.copies === 2 ? { isDoubled: true } : {}),
    };
  }

  /** The frames in a call's bytes, where they are frames. A connection's calls come here in their order. */
  #cut(
    cutters: Map<End, Cutter>,
    end: End | undefined,
    size: number,
    bytes?: Uint8Array,
    taken?: number,
  ): { pieces?: readonly Piece[] } {
    const framing = end?.program.frames;
    if (!end || framing === undefined) return {};
    const cutter = cutters.get(end) ?? cutterFor(framing);
    cutters.set(end, cutter);
    return { pieces: cutter.cut(size, bytes, taken) };
  }

  #tellRead(
    recording: Recording,
    call: ReadCall | ReceiveCall,
    about: AnyStep,
    end: End | undefined,
  ): ReadStep {
    const { count = 0 } = call;
    const whole = { from: 0, to: count ?? 0 };
    const loose: LooseSegment[] = this.joint.segments.get(call) ?? [
      call.bytes ? { ...whole, bytes: call.bytes } : whole,
    ];
    const segments = (count ?? 0) === 0 && !("from" in call) ? [] : loose;
    return {
      ...about,
      kind: call.call,
      count,
      segments: segments.map(({ write, ...loose }) => {
        const { from, to, bytes } = loose;
        const frames = call.call === "receive"
          ? packetIn(recording.frames, bytes)
          : this.#cut(this.#read, end, to - from, bytes);
        const segment = { ...loose, ...frames };
        const mark = write ? this.#marks.get(write) : undefined;
        if (!write || mark === undefined) return segment;
        return { ...segment, mark, of: write.count ?? write.size };
      }),
      ...("from" in call && call.from !== undefined
        ? { address: call.from }
        : {}),
      ...(call.call === "receive" ? this.#wayOf(call) : {}),
    };
  }

  /** What the network did to a datagram that came. */
  #wayOf(call: ReceiveCall): Pick<ReadStep, "isCopy" | "overtakenBy"> {
    const { copies, overtaken } = this.joint;
    if (copies.has(call)) return { isCopy: true };
    const other = overtaken.get(call);
    const mark = other ? this.#marks.get(other) : undefined;
    return mark === undefined ? {} : { overtakenBy: mark };
  }

  #fateOfConnect(call: ConnectCall, end: End | undefined): Fate {
    if (end?.peer) return "arrived";
    const door = this.joint.doorAt(call.remote ?? call.address, "listen");
    return door && isWhole(door.program) && end ? "never" : "unknown";
  }

  #fateOfWrite(
    { skipped }: Recording,
    call: WriteCall,
    end: End | undefined,
    read: number,
  ): Fate {
    const size = call.count ?? call.size;
    if (read >= size) return size > 0 ? "arrived" : "unknown";
    if (!end || call.error || skipped.calls > 0) return "unknown";
    const door = end.opened.call === "connect"
      ? this.joint.doorAt(end.opened.remote ?? "", "listen")
      : undefined;
    const reader = end.peer?.program ?? door?.program;
    if (!reader || !isWhole(reader)) return "unknown";
    return read > 0 ? "partly" : "never";
  }

  #fateOfSend(call: SendCall): Fate {
    if (this.joint.arrived.has(call)) return "arrived";
    if (call.error) return "unknown";
    const door = this.joint.doorAt(call.address, "bind");
    if (door) return isWhole(door.program) ? "never" : "unknown";
    return this.#hasBothSides ? "never" : "unknown";
  }
}

function endStep(
  base: { side: Side; program: number; at: number },
  waiting: readonly string[],
  exit?: Exit,
): EndStep {
  return {
    ...base,
    kind: "end",
    waiting,
    ...(exit ? { code: exit.code } : {}),
    ...(exit?.signal ? { signal: exit.signal } : {}),
  };
}

/** Whether all that a program did is recorded: only then is what is missing missing. */
function isWhole({ skipped }: Recording): boolean {
  return skipped.calls === 0;
}
