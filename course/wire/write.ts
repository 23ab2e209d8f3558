/**
 * Writes recordings, so that `read.ts` reads them again.
 *
 * @module
 */
import type { Call, Moment, Recording } from "./recording.ts";

/** What each call is asked for. A listener's number is its `socket` there. */
const ASKED = {
  listen: ["transport", "address"],
  bind: ["transport", "address"],
  connect: ["transport", "address"],
  accept: [],
  read: ["socket", "room"],
  write: ["socket", "size", "bytes"],
  receive: ["socket", "room"],
  send: ["socket", "address", "size", "bytes"],
  closeWrite: ["socket"],
  close: ["socket"],
};

/** What each call gives. */
const GIVEN = {
  listen: ["socket", "local"],
  bind: ["socket", "local"],
  connect: ["socket", "local", "remote"],
  accept: ["socket", "local", "remote"],
  read: ["count", "bytes"],
  write: ["count"],
  receive: ["count", "from", "bytes"],
  send: ["count", "copies"],
  closeWrite: [],
  close: [],
};

/** Recordings as JSON Lines. */
export function writeRecordings(recordings: readonly Recording[]): string {
  return recordings.flatMap(linesOf)
    .map((line) => `${JSON.stringify(line, withBase64)}\n`).join("");
}

function withBase64(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? value.toBase64() : value;
}

function linesOf(recording: Recording): unknown[] {
  const { side, name, frames, isRelayed, origin, moments, skipped } = recording;
  // Of what was a thousandth of a millisecond, the sum with the origin has left a little less.
  const timeOf = (at: number) => Number((at - origin).toFixed(3));
  const lines = moments.map((moment) => {
    const { type, ...fields } = fieldsOf(moment);
    return { type, at: timeOf(moment.at), ...fields };
  });
  if (skipped.calls > 0) {
    const at = timeOf(moments.at(-1)?.at ?? origin);
    const place = moments.at(-1)?.type === "exit" ? -1 : lines.length;
    lines.splice(place, 0, { type: "skipped", at, ...skipped });
  }
  return [
    { type: "program", version: 1, side, name, frames, isRelayed, origin },
    ...lines,
  ];
}

/** The fields of a line. What is `undefined` is not written. */
function fieldsOf(moment: Moment): { readonly type: string } {
  if (moment.type !== "start" && moment.type !== "end") {
    const { at: _, ...fields } = moment;
    if (!("cause" in fields)) return fields;
    const { cause, ...own } = fields;
    return { ...own, ...cause };
  }
  const { type, call, cause } = moment;
  const { seq, error } = call;
  const listener = call.call === "accept" ? { socket: call.listener } : {};
  const fields = type === "start"
    ? { type: "call", seq, call: call.call, ...listener, ...pick(call, ASKED) }
    : error
    ? { type: "failed", seq, error }
    : { type: "done", seq, ...pick(call, GIVEN) };
  return { ...fields, ...cause };
}

function pick(
  call: Call,
  names: Readonly<Record<Call["call"], readonly string[]>>,
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...call };
  return Object.fromEntries(
    names[call.call].map((name) => [name, fields[name]]),
  );
}
