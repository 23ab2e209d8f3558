/**
 * Frames of JSON, as lesson 06 has them: a length of 4 bytes, least first, and
 * then the JSON.
 *
 * What comes is compared as a value: the order of an object's keys, white space
 * and escapes are the program's own affair.
 *
 * @module
 */
import { PREFIX, toBytes } from "./bytes.ts";

/** A frame that should come, or a line of JSON. */
export interface WantedJson {
  /** One way to spell it, for a verdict. */
  readonly example: string;
  /** Whether a value is right; `undefined` stands for what is not JSON. */
  readonly isRight: (value: unknown) => boolean;
  /** The frame that it answers, for a verdict. */
  readonly answers?: Uint8Array;
}

/** A frame. @param length What it announces, in bytes: the payload's length unless told otherwise. */
export function frame(
  payload: string | Uint8Array,
  length: number = toBytes(payload).length,
): Uint8Array {
  const bytes = toBytes(payload);
  const whole = new Uint8Array(PREFIX + bytes.length);
  new DataView(whole.buffer).setInt32(0, length, true);
  whole.set(bytes, PREFIX);
  return whole;
}

/** JSON of this value. */
export function json(value: unknown): WantedJson {
  const example = JSON.stringify(value);
  const right = canonical(value);
  return { example, isRight: (found) => canonical(found) === right };
}

/** JSON of an object with one key, `error`, and a text in the program's own words. */
export const anyError: WantedJson = {
  example: '{"error":"…"}',
  isRight: (value) =>
    typeof value === "object" && value !== null && "error" in value &&
    typeof value.error === "string" && Object.keys(value).length === 1,
};

/** The value of some JSON; `undefined` where it is none. */
export function parseJson(data: string | Uint8Array): unknown {
  try {
    return JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(toBytes(data)),
    );
  } catch {
    return undefined;
  }
}

/** A value as JSON with the keys of its objects in order. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inner: unknown) => {
    const isObject = typeof inner === "object" && inner !== null &&
      !Array.isArray(inner);
    if (!isObject) return inner;
    return Object.fromEntries(
      Object.entries(inner).toSorted(([a], [b]) => a < b ? -1 : 1),
    );
  });
}
