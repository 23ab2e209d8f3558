/**
 * Reads recordings, as far as they are some.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import {
  type Call,
  type Cue,
  type Moment,
  MOST_CALLS,
  MOST_CONTENT,
  MOST_PROGRAMS,
  type PrintedCue,
  type Recording,
  type TapMoment,
} from "./recording.ts";

/** How many of one datagram may go out. */
const MOST_COPIES = 2;

/** A line's fields, nothing known about them yet. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads recordings from a text that may be cut off, broken or made up.
 *
 * A line that is not what it should be is passed over, and so is a return
 * without its call; nothing throws.
 *
 * @returns One for each `program` line.
 */
export function readRecordings(text: string): Recording[] {
  const readers: Reader[] = [];
  for (const line of text.split("\n")) {
    const fields = parse(line);
    if (fields === undefined) continue;
    if (fields.type === "program") {
      const reader = Reader.begin(fields);
      if (reader && readers.length < MOST_PROGRAMS) readers.push(reader);
    } else readers.at(-1)?.take(fields);
  }
  return readers.map(({ recording }) => recording);
}

/** One recording while it is read. */
class Reader {
  readonly #calls = new Map<number, Call>();

  private constructor(readonly recording: Recording) {}

  static begin(
    { version, side, name, origin, frames, isRelayed }: Fields,
  ): Reader | undefined {
    if (version !== 1 || typeof name !== "string" || !isCount(origin)) return;
    if (side !== "client" && side !== "server") return;
    const skipped = { calls: 0, bytes: 0 };
    const moments: Moment[] = [];
    const isKnown = frames === "<i" || frames === "files" ||
      frames === "lines" || frames === "tftp";
    const framing: { frames?: Framing } = isKnown ? { frames } : {};
    const relayed = isRelayed === true ? { isRelayed } : {};
    return new Reader({
      ...{ side, name, ...framing, ...relayed, origin, moments, skipped },
    });
  }

  take(fields: Fields): void {
    const { type, at: offset, seq } = fields;
    const { moments } = this.recording;
    if (moments.at(-1)?.type === "exit") return; // nothing comes after the end
    // The bound is the tap's own: a call has two moments.
    if (
      !isCount(offset) || moments.length > 2 * MOST_CALLS + 2
    ) {
      return;
    }
    const at = this.recording.origin + offset;
    if (type === "call") {
      const call = readCall(fields, at);
      if (!call || this.#calls.has(call.seq)) return;
      this.#calls.set(call.seq, call);
      moments.push({ type: "start", at, call, ...readCause(fields) });
    } else if (type === "done" || type === "failed") {
      const call = isCount(seq) ? this.#calls.get(seq) : undefined;
      if (!call || call.end !== undefined) return;
      const isRead = type === "done"
        ? readResult(fields, call)
        : readError(fields, call);
      if (!isRead) return;
      call.end = at;
      moments.push({ type: "end", at, call, ...readCause(fields) });
    } else if (type === "print") {
      const { stream, text, isOpen } = fields;
      if (stream !== "stdout" && stream !== "stderr") return;
      if (typeof text !== "string") return;
      const open = isOpen === true ? { isOpen } : {};
      moments.push({ type, at, stream, text, ...open, ...readCause(fields) });
    } else if (type === "signal") {
      moments.push({ type, at, ...readCause(fields) });
    } else if (type === "typed") {
      const { text, isAfterOthers = false } = fields;
      if (typeof text !== "string") return;
      if (typeof isAfterOthers !== "boolean") return;
      moments.push({ type, at, text, isAfterOthers, ...readCue(fields) });
    } else if (type === "exit") {
      const { code, signal } = fields;
      if (!isCount(code)) return;
      if (signal !== null && typeof signal !== "string") return;
      moments.push({ type, at, code, signal });
    } else if (type === "skipped") {
      const { calls, bytes } = fields;
      if (!isCount(calls) || !isCount(bytes)) return;
      Object.assign(this.recording.skipped, { calls, bytes });
    }
  }
}

function parse(line: string): Fields | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line); // an object: it begins with a brace
  } catch {
    return undefined; // the last line of a program that was killed, say
  }
}

function readCall(fields: Fields, start: number): Call | undefined {
  const { seq, call, transport, address, socket, room, size } = fields;
  if (!isCount(seq)) return undefined;
  const made = { seq, start };
  if (call === "listen" || call === "bind" || call === "connect") {
    if (typeof transport !== "string" || typeof address !== "string") return;
    return { ...made, call, transport, address };
  }
  if (!isCount(socket)) return undefined;
  if (call === "accept") return { ...made, call, listener: socket };
  if (call === "close" || call === "closeWrite") {
    return { ...made, call, socket };
  }
  if (call === "read" || call === "receive") {
    return isCount(room) ? { ...made, call, socket, room } : undefined;
  }
  if (!isCount(size)) return undefined;
  const content = readBytes(fields, size);
  if (call === "write") return { ...made, call, socket, size, ...content };
  if (call === "send" && typeof address === "string") {
    return { ...made, call, socket, address, size, ...content };
  }
  return undefined;
}

/** Adds what a call returned. @returns Whether it is what that call returns. */
function readResult(fields: Fields, call: Call): boolean {
  const { socket, local, remote, count, copies, from } = fields;
  switch (call.call) {
    case "listen":
    case "bind":
      if (!isCount(socket) || typeof local !== "string") return false;
      Object.assign(call, { socket, local });
      return true;
    case "connect":
    case "accept":
      if (!isCount(socket) || typeof local !== "string") return false;
      if (typeof remote !== "string") return false;
      Object.assign(call, { socket, local, remote });
      return true;
    case "read":
      if (count !== null && !isCount(count)) return false;
      Object.assign(call, { count, ...readBytes(fields, count ?? 0) });
      return true;
    case "receive":
      if (!isCount(count) || typeof from !== "string") return false;
      Object.assign(call, { count, from, ...readBytes(fields, count) });
      return true;
    case "write":
      if (!isCount(count)) return false;
      call.count = count;
      return true;
    case "send":
      if (!isCount(count)) return false;
      call.count = count;
      if (isCount(copies) && copies <= MOST_COPIES) call.copies = copies;
      return true;
    case "close":
    case "closeWrite":
      return true;
  }
}

function readError({ error }: Fields, call: Call): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { name, message, code }: Fields = { ...error };
  if (typeof name !== "string" || typeof message !== "string") return false;
  call.error = typeof code === "string"
    ? { name, message, code }
    : { name, message };
  return true;
}

/** The bytes of a line, where they are there and as many as it says. */
function readBytes({ bytes }: Fields, size: number): { bytes?: Uint8Array } {
  if (typeof bytes !== "string" || size > MOST_CONTENT) return {};
  try {
    const content = Uint8Array.fromBase64(bytes);
    return content.length === size ? { bytes: content } : {};
  } catch {
    return {};
  }
}

/** What a moment follows, where that was recorded. */
function readCause({ id, after }: Fields): Pick<TapMoment, "cause"> {
  if (!isCount(id) || !Array.isArray(after)) return {};
  return { cause: { id, after: after.filter(isCount) } };
}

/** Why a line was typed, where that was recorded. */
function readCue({ cue }: Fields): { cue?: Cue } {
  if (cue === "begun" || cue === "done") return { cue };
  const printed = readPrinted(cue);
  if (!printed || typeof cue !== "object" || cue === null) return {};
  const { and: other }: Fields = { ...cue };
  const and = readPrinted(other);
  return { cue: { ...printed, ...(and ? { and } : {}) } };
}

function readPrinted(cue: unknown): PrintedCue | undefined {
  if (typeof cue !== "object" || cue === null) return undefined;
  const { side, number, line, stream }: Fields = { ...cue };
  if ((side !== "client" && side !== "server") || !isCount(line)) {
    return undefined;
  }
  if (number !== undefined && !isCount(number)) return undefined;
  return {
    side,
    line,
    ...(number === undefined ? {} : { number }),
    ...(stream === "stderr" ? { stream } : {}),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
