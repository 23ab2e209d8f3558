/**
 * Files, and the messages that go with them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { toBytes } from "../../kit/bytes.ts";
import { json, jsonWhere } from "../../kit/expectations/json.ts";
import { frame } from "../../kit/frames.ts";
import { Random } from "../../kit/random.ts";

export const MiB = 1024 * 1024;

export const HELLO = toBytes("hello");

/** Random bytes, the same in each run. */
export const random = (count: number) => {
  const source = new Random(count + 7);
  const words = new Uint32Array(Math.ceil(count / 4));
  for (let i = 0; i < words.length; i++) {
    words[i] = source.uint32();
  }
  return new Uint8Array(words.buffer, 0, count);
};

/** More than any buffer on the way holds. */
export const LARGE = random(5 * MiB);

export const MEDIUM = LARGE.subarray(0, MiB);

const sums = new WeakMap<Uint8Array, string>();

/** The MD5 of bytes that stay as they are: it is asked for often, and worked out once. */
export function md5Of(bytes: Uint8Array): string {
  const sum = sums.get(bytes) ?? createHash("md5").update(bytes).digest("hex");
  sums.set(bytes, sum);
  return sum;
}

/** A message in a frame. */
export const message = (value: unknown) => frame(JSON.stringify(value));

/** A put, header and body. @param more What the header says otherwise. */
export function putOf(
  name: unknown,
  body: Uint8Array,
  more: Record<string, unknown> = {},
): Uint8Array {
  const header = { op: "put", name, size: body.length, md5: md5Of(body) };
  return joined(message({ ...header, ...more }), body);
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

export const receiptFor = (name: string, body: Uint8Array) =>
  json({ ok: true, name, md5: md5Of(body), bytes: body.length });

export const headFor = (name: string, body: Uint8Array) =>
  json({ ok: true, name, size: body.length, md5: md5Of(body) });

/** A refusal in the program's own words. */
export const anyRefusal = jsonWhere(
  '{"ok":false,"error":"…"}',
  (value) =>
    typeof value === "object" && value !== null && "ok" in value &&
    value.ok === false && "error" in value && typeof value.error === "string",
);

/** The line that a client prints for a file that went or came. */
export const lineFor = (name: string, body: Uint8Array) =>
  `${body.length} ${md5Of(body)} ${name}`;
