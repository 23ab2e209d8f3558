/**
 * Expectation: JSON, on a printed line or in a frame.
 *
 * What comes is compared as a value: the order of an object's keys, white space
 * and escapes are the program's own affair.
 *
 * @module
 */
import { quoteLine, toBytes } from "../bytes.ts";
import type { WantedLine } from "./line.ts";

/** JSON that should come. */
export interface WantedJson extends WantedLine {
  /** One way to spell it, for a verdict. */
  readonly example: string;
  /** The frame that it answers, for a verdict. */
  readonly answers?: Uint8Array;
  /** Whether a text or its bytes spell it. */
  isRight(data: string | Uint8Array): boolean;
}

/** JSON of this value. */
export function json(value: unknown): WantedJson {
  const right = canonical(value);
  return jsonWhere(
    JSON.stringify(value),
    (found) => canonical(found) === right,
  );
}

/** JSON of a value of which this holds; `undefined` stands for what is no JSON. @param example One way to spell such a value. */
export function jsonWhere(
  example: string,
  holds: (value: unknown) => boolean,
): WantedJson {
  return {
    says: quoteLine(example),
    example,
    isRight: (data) => holds(parse(data)),
  };
}

/** JSON of an object with one key, `error`, and a text in the program's own words. */
export const anyError: WantedJson = jsonWhere(
  '{"error":"..."}',
  (value) =>
    typeof value === "object" && value !== null && "error" in value &&
    typeof value.error === "string" && Object.keys(value).length === 1,
);

/** The value of some JSON; `undefined` where it is none. */
function parse(data: string | Uint8Array): unknown {
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
