/**
 * What the server of lesson 06 answers: a request's payload in, its reply's
 * payload out. Nothing here knows of connections or frames.
 *
 * @module
 */

/** The longest payload of a request or a reply, in bytes: 1 MiB. */
export const LONGEST = 1024 * 1024;

/** What is wrong with a request, in words for the client. */
class RequestError extends Error {}

/** The keys of a JSON object, nothing known about their values yet. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * The reply to a request.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { answer, encodeError } from "./rpc.ts";
 *
 * const request = new TextEncoder().encode('{"op":"upper","text":"hello"}');
 * assertEquals(new TextDecoder().decode(answer(request)), '{"ok":"HELLO"}');
 * assertEquals(answer(new Uint8Array()), encodeError("not JSON"));
 * ```
 *
 * @param payload Anything: what is no request gets an error.
 * @returns A JSON object of at most {@linkcode LONGEST} bytes, with the key `ok` or `error`.
 */
export function answer(payload: Uint8Array): Uint8Array {
  try {
    const reply = encode({ ok: compute(parse(payload)) });
    if (reply.length > LONGEST) throw tooLong();
    return reply;
  } catch (error) {
    if (error instanceof RequestError) return encodeError(error.message);
    throw error; // a bug of ours
  }
}

/** A reply that says what is wrong. @param message In a few words. */
export function encodeError(message: string): Uint8Array {
  return encode({ error: message });
}

function encode(reply: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(reply));
}

function parse(payload: Uint8Array): Fields {
  let value: unknown;
  try {
    value = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(payload),
    );
  } catch {
    throw new RequestError("not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RequestError("not a JSON object");
  }
  return { ...value };
}

function compute(request: Fields): string | number {
  switch (request.op) {
    case "upper":
      return text(request).toUpperCase();
    case "sum":
      return sum(numbers(request));
    case "repeat":
      return repeat(text(request), times(request));
    default:
      throw new RequestError("no such op: upper, sum and repeat are known");
  }
}

function sum(numbers: readonly number[]): number {
  const sum = numbers.reduce((sum, number) => sum + number, 0);
  if (!Number.isFinite(sum)) {
    throw new RequestError("the sum is too large for a JSON number");
  }
  return sum;
}

function repeat(text: string, times: number): string {
  // Every unit of a string takes a byte at least. So nothing is built that is too long anyway.
  if (text.length * times > LONGEST) throw tooLong();
  return text.repeat(text === "" ? 0 : times);
}

function text({ text }: Fields): string {
  if (typeof text === "string") return text;
  throw new RequestError('"text" must be a string');
}

function numbers({ numbers }: Fields): number[] {
  const isNumber = (value: unknown) => typeof value === "number";
  if (Array.isArray(numbers) && numbers.every(isNumber)) return numbers;
  throw new RequestError('"numbers" must be an array of numbers');
}

function times({ times }: Fields): number {
  if (typeof times === "number" && Number.isInteger(times) && times >= 0) {
    return times;
  }
  throw new RequestError('"times" must be a whole number, 0 or more');
}

function tooLong(): RequestError {
  return new RequestError(`the reply would be longer than ${LONGEST} bytes`);
}
