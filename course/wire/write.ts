/**
 * Writes recordings, so that `read.ts` reads them again.
 *
 * @module
 */
import type { Call, Moment, Recording } from "./recording.ts";

/** Recordings as JSON Lines. */
export function writeRecordings(recordings: readonly Recording[]): string {
  return recordings.flatMap(linesOf)
    .map((line) => `${JSON.stringify(line)}\n`).join("");
}

function linesOf(recording: Recording): unknown[] {
  const { side, name, frames, origin, moments, skipped } = recording;
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
    { type: "program", version: 1, side, name, frames, origin },
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
  const fields = type === "start"
    ? { type: "call", seq: call.seq, call: call.call, ...askedOf(call) }
    : call.error
    ? { type: "failed", seq: call.seq, error: call.error }
    : { type: "done", seq: call.seq, ...givenBy(call) };
  return { ...fields, ...cause };
}

/** What a call was asked for. */
function askedOf(call: Call): Readonly<Record<string, unknown>> {
  switch (call.call) {
    case "listen":
    case "bind":
    case "connect":
      return { transport: call.transport, address: call.address };
    case "accept":
      return { socket: call.listener };
    case "read":
    case "receive":
      return { socket: call.socket, room: call.room };
    case "write":
      return { socket: call.socket, size: call.size, ...bytesOf(call) };
    case "send": {
      const { socket, address, size } = call;
      return { socket, address, size, ...bytesOf(call) };
    }
    case "close":
    case "closeWrite":
      return { socket: call.socket };
  }
}

/** What a call gave. */
function givenBy(call: Call): Readonly<Record<string, unknown>> {
  switch (call.call) {
    case "listen":
    case "bind":
      return { socket: call.socket, local: call.local };
    case "connect":
    case "accept":
      return { socket: call.socket, local: call.local, remote: call.remote };
    case "read":
      return { count: call.count, ...bytesOf(call) };
    case "receive":
      return { count: call.count, from: call.from, ...bytesOf(call) };
    case "write":
    case "send":
      return { count: call.count };
    case "close":
    case "closeWrite":
      return {};
  }
}

function bytesOf({ bytes }: { readonly bytes?: Uint8Array }) {
  return bytes ? { bytes: bytes.toBase64() } : {};
}
