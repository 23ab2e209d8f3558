/**
 * Joins what several programs recorded into one story.
 *
 * TCP delivers every byte once and in order, so byte k that was written is byte
 * k that is read: that tells which writes a read holds. Datagrams are matched
 * by their addresses, content and order. The steps stand in the order of cause
 * first (a byte is read after it is written, a connection accepted after it is
 * asked for) and of the clock second, because the clocks of two processes
 * disagree.
 *
 * @module
 */
import type {
  AcceptCall,
  Call,
  CallError,
  CloseCall,
  ConnectCall,
  Exit,
  ListenCall,
  Moment,
  ReadCall,
  ReceiveCall,
  Recording,
  SendCall,
  Side,
  WriteCall,
} from "./event.ts";
import { type Cutter, cutterFor, type Piece } from "./frames.ts";

/** A part of a read: bytes of one write. */
export interface Segment {
  /** The write's number; absent where it was not recorded. */
  readonly mark?: number;
  /** Where in the write it begins. */
  readonly from: number;
  /** Where in the write it ends, exclusive. */
  readonly to: number;
  /** How many bytes the write had; absent where it was not recorded. */
  readonly of?: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** The lengths and payloads in it, where the bytes are frames. */
  readonly pieces?: readonly Piece[];
}

/** What became of written bytes: unknown where the other side has no recording. */
export type Fate = "arrived" | "partly" | "never" | "unknown";

/** What every step has. */
export interface AnyStep {
  /** Which rail it stands at. */
  readonly side: Side;
  /** The program: its place in {@linkcode Story.programs}. */
  readonly program: number;
  /** When, in milliseconds since 1970, by that program's clock. */
  readonly at: number;
  /** The connection's number, from 1, where the call is about one. */
  readonly connection?: number;
  /** What the call threw. */
  readonly error?: CallError;
}

/** A program listens, or binds a datagram socket. */
export interface ListenStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "listen" | "bind";
  /** The address that it got, or wanted. */
  readonly address: string;
}

/** A client connects. */
export interface ConnectStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "connect";
  /** To which address. */
  readonly address: string;
  /** Whether it has returned. */
  readonly isDone: boolean;
  /** Whether the server took it; unknown where that is not recorded. */
  readonly fate: Fate;
}

/** A server accepts. */
export interface AcceptStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "accept";
  /** The client's address. */
  readonly address: string;
}

/** Bytes go out: on a connection, or as a datagram. */
export interface WriteStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "write" | "send";
  /** Its number among the writes and datagrams of the story, from 1. */
  readonly mark: number;
  /** How many bytes were offered. */
  readonly size: number;
  /** How many the system took; absent where it never said. */
  readonly count?: number;
  /** How many of them were read at the other end. */
  readonly read: number;
  /** The bytes, where they were kept. */
  readonly bytes?: Uint8Array;
  /** The lengths and payloads in it, where the bytes are frames. */
  readonly pieces?: readonly Piece[];
  /** To whom, for a datagram. */
  readonly address?: string;
  /** What became of it. */
  readonly fate: Fate;
}

/** Bytes come in, or the end of the stream. */
export interface ReadStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "read" | "receive";
  /** How many bytes; `null` at the end of the stream. */
  readonly count: number | null;
  /** Which writes they come from. */
  readonly segments: readonly Segment[];
  /** From whom, for a datagram. */
  readonly address?: string;
}

/** A half-close, or the close of a connection, a listener or a datagram socket. */
export interface CloseStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "closeWrite" | "close";
  /** What is closed. */
  readonly what: "connection" | "listener" | "socket";
}

/** A line that a program printed. */
export interface PrintStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "print";
  /** Where. */
  readonly stream: "stdout" | "stderr";
  /** The line. */
  readonly text: string;
}

/** A line that somebody typed to a program. */
export interface TypedStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "typed";
  /** The line. */
  readonly text: string;
}

/** A program's end, or the end of what is known of it. */
export interface EndStep extends AnyStep {
  /** Which step it is. */
  readonly kind: "end";
  /** Its exit code, where it is known. */
  readonly code?: number;
  /** The signal that ended it. */
  readonly signal?: string;
  /** The calls that had not returned by then. */
  readonly waiting: readonly string[];
}

/** One step of the story. */
export type Step =
  | ListenStep
  | ConnectStep
  | AcceptStep
  | WriteStep
  | ReadStep
  | CloseStep
  | PrintStep
  | TypedStep
  | EndStep;

/** What happened between the programs. */
export interface Story {
  /** The programs, as they were given. */
  readonly programs: readonly Pick<
    Recording,
    "side" | "name" | "frames" | "skipped"
  >[];
  /** How many connections there were. */
  readonly connections: number;
  /** What happened, in order. */
  readonly steps: readonly Step[];
}

/** How a story is ordered where cause leaves it open. */
export type Order =
  /** By the programs' clocks. */
  | "clock"
  /** The server first, then the clients: the same for every run in which the same calls were made. */
  | "cause";

/** One end of a connection. */
interface End {
  readonly program: Recording;
  readonly opened: ConnectCall | AcceptCall;
  readonly reads: ReadCall[];
  readonly writes: WriteCall[];
  readonly closes: CloseCall[];
  peer?: End;
  connection: number;
}

/** A listener or a datagram socket. */
interface Door {
  readonly program: Recording;
  readonly opened: ListenCall;
}

/** A moment in the order of all of them. */
interface Node {
  readonly program: number;
  readonly moment: Moment;
  readonly needs: Node[];
  isTaken: boolean;
}

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
  const nodes = joint.inOrder(order);
  return {
    programs: recordings.map(({ side, name, frames, skipped }) => ({
      side,
      name,
      ...(frames ? { frames } : {}),
      skipped,
    })),
    steps: new Teller(joint).tell(nodes),
    connections: joint.connections,
  };
}

/** What belongs to what. */
class Joint {
  readonly ends = new Map<Recording, Map<number, End>>();
  readonly doors = new Map<Recording, Map<number, Door>>();
  /** Which parts of which writes a read holds. */
  readonly segments = new Map<ReadCall | ReceiveCall, LooseSegment[]>();
  /** How many bytes of a write were read. */
  readonly arrived = new Map<WriteCall | SendCall, number>();
  connections = 0;
  readonly #doorsByAddress = new Map<string, Door>();

  constructor(readonly recordings: readonly Recording[]) {
    for (const recording of recordings) this.#sort(recording);
    this.#pair();
    for (const end of this.allEnds()) if (end.peer) this.#joinStream(end);
    this.#joinDatagrams();
  }

  *allEnds(): Generator<End> {
    for (const ends of this.ends.values()) yield* ends.values();
  }

  /** The listener or datagram socket at an address, where it is recorded. */
  doorAt(address: string, kind: "listen" | "bind"): Door | undefined {
    const port = /:\d+$/.exec(address)?.[0] ?? "";
    return [plain(address), `0.0.0.0${port}`, `[::]${port}`]
      .map((local) => this.#doorsByAddress.get(`${kind} ${local}`))
      .find((door) => door !== undefined);
  }

  #sort(program: Recording): void {
    const ends = new Map<number, End>();
    const doors = new Map<number, Door>();
    this.ends.set(program, ends);
    this.doors.set(program, doors);
    for (const moment of program.moments) {
      if (moment.type === "end") {
        const { call } = moment;
        if (call.error || !("socket" in call)) continue;
        const { socket } = call;
        if (socket === undefined) continue;
        if (call.call === "listen" || call.call === "bind") {
          const door = { program, opened: call };
          doors.set(socket, door);
          const key = `${call.call} ${plain(call.local ?? "")}`;
          this.#doorsByAddress.set(key, door);
        } else if (call.call === "connect" || call.call === "accept") {
          ends.set(socket, {
            program,
            opened: call,
            reads: [],
            writes: [],
            closes: [],
            connection: 0,
          });
        }
      } else if (moment.type === "start") {
        const { call } = moment;
        if (call.call === "read") ends.get(call.socket)?.reads.push(call);
        if (call.call === "write") ends.get(call.socket)?.writes.push(call);
        if (call.call === "close" || call.call === "closeWrite") {
          ends.get(call.socket)?.closes.push(call);
        }
      }
    }
  }

  /** Finds the two ends of each connection: what one calls local the other calls remote. */
  #pair(): void {
    const waiting = new Map<string, End[]>();
    for (const end of this.allEnds()) {
      if (end.opened.call === "connect") {
        const key = this.#keyOf(end);
        waiting.set(key, [...waiting.get(key) ?? [], end]);
      }
    }
    for (const end of this.allEnds()) {
      if (end.opened.call !== "accept") continue;
      const peer = waiting.get(this.#keyOf(end))?.shift();
      if (!peer) continue;
      end.peer = peer;
      peer.peer = end;
    }
  }

  #keyOf({ program, opened }: End): string {
    const isConnect = opened.call === "connect";
    const door = isConnect
      ? undefined
      : this.doors.get(program)?.get(opened.listener);
    const client = plain((isConnect ? opened.local : opened.remote) ?? "");
    const server = plain((isConnect ? opened.remote : opened.local) ?? "");
    // A Unix socket's client has no address: first come, first served.
    if (client === "") return `unix ${door?.opened.local ?? server}`;
    return `${client} ${server}`;
  }

  #joinStream(reader: End): void {
    const writes = reader.peer?.writes ?? [];
    const reads = reader.reads.filter((read) => (read.count ?? 0) > 0);
    let rest = reads.reduce((sum, { count }) => sum + (count ?? 0), 0);
    // A write that failed or never returned may have sent a part: as much as was read.
    const queue = writes.map((write) => {
      const taken = Math.min(write.count ?? write.size, write.size);
      const size = write.count === undefined ? Math.min(taken, rest) : taken;
      rest = Math.max(0, rest - size);
      return { write, size };
    }).filter(({ size }) => size > 0);
    let from = 0;
    for (const read of reads) {
      const segments: LooseSegment[] = [];
      let left = read.count ?? 0;
      while (left > 0) {
        const head = queue[0];
        const start = (read.count ?? 0) - left;
        const size = head ? Math.min(left, head.size - from) : left;
        const bytes = read.bytes?.subarray(start, start + size);
        segments.push({
          ...(head ? { write: head.write } : {}),
          from: head ? from : 0,
          to: (head ? from : 0) + size,
          ...(bytes ? { bytes } : {}),
        });
        left -= size;
        if (!head) continue;
        from += size;
        this.arrived.set(
          head.write,
          (this.arrived.get(head.write) ?? 0) + size,
        );
        if (from < head.size) continue;
        queue.shift();
        from = 0;
      }
      this.segments.set(read, segments);
    }
  }

  #joinDatagrams(): void {
    const sent: { call: SendCall; from: string }[] = [];
    const received: { call: ReceiveCall; at: string }[] = [];
    for (const program of this.recordings) {
      for (const moment of program.moments) {
        if (moment.type !== "start") continue;
        const { call } = moment;
        if (call.call !== "send" && call.call !== "receive") continue;
        const local = this.doors.get(program)?.get(call.socket)?.opened.local ??
          "";
        if (call.call === "send" && !call.error) {
          sent.push({ call, from: local });
        }
        if (call.call === "receive" && call.from !== undefined) {
          received.push({ call, at: local });
        }
      }
    }
    received.sort((a, b) => (a.call.end ?? 0) - (b.call.end ?? 0));
    for (const { call, at } of received) {
      const i = sent.findIndex((datagram) =>
        isSame(datagram.call, call) &&
        isAt(at, datagram.call.address) &&
        isAt(datagram.from, call.from ?? "")
      );
      const write = i === -1 ? undefined : sent.splice(i, 1)[0]?.call;
      const { count: to = 0, bytes } = call;
      const content = bytes ? { bytes } : {};
      this.segments.set(call, [
        { ...(write ? { write } : {}), from: 0, to, ...content },
      ]);
      // An empty datagram that arrived is not one that was lost.
      if (write) this.arrived.set(write, to);
    }
  }

  /** All moments of all programs, each after what it needs. */
  inOrder(order: Order): Node[] {
    const lists = this.recordings.map(({ moments }, program) =>
      moments.map((moment): Node => ({
        program,
        moment,
        needs: [],
        isTaken: false,
      }))
    );
    this.#addNeeds(lists);
    const heads = lists.map(() => 0);
    const ordered: Node[] = [];
    while (true) {
      const candidates = lists.flatMap((list, i) => {
        const node = list[heads[i] ?? 0];
        return node ? [node] : [];
      });
      const ready = candidates.filter(({ needs }) =>
        needs.every(({ isTaken }) => isTaken)
      );
      // Where a broken recording makes a circle, the clock decides.
      const isStuck = ready.length === 0;
      const next = (isStuck ? candidates : ready).toSorted((a, b) =>
        order === "cause" && !isStuck
          ? this.#rank(a) - this.#rank(b)
          : a.moment.at - b.moment.at
      )[0];
      if (!next) {
        return ordered;
      }
      next.isTaken = true;
      heads[next.program] = (heads[next.program] ?? 0) + 1;
      ordered.push(next);
    }
  }

  #rank({ program }: Node): number {
    const isServer = this.recordings[program]?.side === "server";
    return program + (isServer ? 0 : this.recordings.length);
  }

  #addNeeds(lists: readonly Node[][]): void {
    const starts = new Map<Call, Node>();
    const ends = new Map<Call, Node>();
    const exits = new Map<Recording, Node>();
    for (const node of lists.flat()) {
      const { moment } = node;
      if (moment.type === "start") starts.set(moment.call, node);
      if (moment.type === "end") ends.set(moment.call, node);
      const program = this.recordings[node.program];
      if (moment.type === "exit" && program) exits.set(program, node);
    }
    for (const { moment, program, needs } of lists.flat()) {
      if (moment.type !== "typed" || !moment.isAfterOthers) continue;
      for (const [other, exit] of exits) {
        if (other !== this.recordings[program]) needs.push(exit);
      }
    }
    const need = (
      later: Call,
      earlier: Node | undefined,
      nodes: ReadonlyMap<Call, Node> = ends,
    ) => {
      if (earlier) nodes.get(later)?.needs.push(earlier);
    };
    for (const end of this.allEnds()) {
      const { opened, peer, reads } = end;
      if (opened.call === "connect") {
        const door = this.doorAt(opened.remote ?? opened.address, "listen");
        if (door) need(opened, ends.get(door.opened), starts);
      } else if (peer) need(opened, starts.get(peer.opened));
      if (!peer) continue;
      for (const read of reads) {
        const isEnd = read.count === null ||
          read.error?.name === "ConnectionReset";
        const close = peer.closes[0];
        if (isEnd) {
          need(read, close ? starts.get(close) : exits.get(peer.program));
        }
      }
    }
    for (const [read, segments] of this.segments) {
      const write = segments.at(-1)?.write;
      if (write) need(read, starts.get(write));
    }
  }
}

/** A segment whose write has no number yet. */
interface LooseSegment {
  readonly write?: WriteCall | SendCall;
  readonly from: number;
  readonly to: number;
  readonly bytes?: Uint8Array;
}

/** Turns moments into steps. */
class Teller {
  readonly #marks = new Map<Call, number>();
  readonly #written = new Map<End, Cutter>();
  readonly #read = new Map<End, Cutter>();
  readonly #hasBothSides: boolean;

  constructor(readonly joint: Joint) {
    const sides = joint.recordings.map(({ side }) => side);
    this.#hasBothSides = new Set(sides).size === 2;
  }

  tell(nodes: readonly Node[]): Step[] {
    const steps: Step[] = [];
    const left = this.joint.recordings.map(({ moments }) => moments.length);
    for (const { program, moment } of nodes) {
      const recording = this.joint.recordings[program];
      if (!recording) continue;
      const { side } = recording;
      const base = { side, program, at: moment.at };
      left[program] = (left[program] ?? 0) - 1;
      const isLast = left[program] === 0;
      if (moment.type === "print") {
        const { stream, text } = moment;
        steps.push({ ...base, kind: "print", stream, text });
      } else if (moment.type === "typed") {
        steps.push({ ...base, kind: "typed", text: moment.text });
      } else if (moment.type === "start" || moment.type === "end") {
        const step = this.#tellCall(recording, moment.call, moment.type, base);
        if (step) steps.push(step);
      }
      if (moment.type === "exit") {
        steps.push(endStep(base, waitingCalls(recording), moment));
      } else if (isLast) steps.push(endStep(base, waitingCalls(recording)));
    }
    return steps;
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
        return type === "end" ? this.#tellRead(call, about, end) : undefined;
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
      ...this.#cut(this.#written, end, call.size, call.bytes, call.count),
      ...(call.call === "send" ? { address: call.address } : {}),
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
        const frames = this.#cut(this.#read, end, to - from, bytes);
        const segment = { ...loose, ...frames };
        const mark = write ? this.#marks.get(write) : undefined;
        if (!write || mark === undefined) return segment;
        return { ...segment, mark, of: write.count ?? write.size };
      }),
      ...("from" in call && call.from !== undefined
        ? { address: call.from }
        : {}),
    };
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

/** The calls of a program that never returned. */
function waitingCalls({ moments }: Recording): string[] {
  return moments.flatMap((moment) =>
    moment.type === "start" && moment.call.end === undefined
      ? [moment.call.call]
      : []
  );
}

/** Whether all that a program did is recorded: only then is what is missing missing. */
function isWhole({ skipped }: Recording): boolean {
  return skipped.calls === 0;
}

/** Whether a datagram that was received can be the one that was sent: a small buffer cuts it. */
function isSame(sent: SendCall, received: ReceiveCall): boolean {
  const { count = 0, room } = received;
  if (count !== Math.min(sent.size, room)) return false;
  if (!sent.bytes || !received.bytes) return true;
  return received.bytes.every((byte, i) => byte === sent.bytes?.[i]);
}

/** Whether something that is bound to one address is found at another: all addresses of a machine stand for each. */
function isAt(bound: string, address: string): boolean {
  const [a, b] = [plain(bound), plain(address)];
  if (a === b) return true;
  const everywhere = /^(0\.0\.0\.0|\[::\]):(\d+)$/.exec(a)?.[2];
  return everywhere !== undefined && b.endsWith(`:${everywhere}`);
}

/** An address of IPv4 in IPv6's clothes is the same one. */
function plain(address: string): string {
  return address.replace(/^\[::ffff:(.*)\]/, "$1");
}
