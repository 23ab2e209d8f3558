/**
 * Frames, as lesson 06 has them: a length of 4 bytes, least first, and then
 * the payload.
 *
 * @module
 */
import { PREFIX, toBytes } from "./bytes.ts";

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
