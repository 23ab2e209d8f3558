/**
 * Writing all of the bytes.
 *
 * One `write` may take only a part of them: what the system has room for. The
 * same in Python: `send` may take a part, `sendall` takes them all.
 *
 * @module
 */

/** What takes bytes: a connection, a file, `Deno.stdout`. */
export interface Writer {
  /**
   * Takes some of the bytes, at least one.
   *
   * @returns How many were taken.
   */
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Writes all of the bytes, in as many writes as it takes. No bytes, no write.
 *
 * Two calls at the same time may mix their bytes: wait for one before the next.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
 *
 * const taken: number[] = [];
 * const twoAtMost = {
 *   write(bytes: Uint8Array) {
 *     const part = bytes.subarray(0, 2);
 *     taken.push(...part);
 *     return Promise.resolve(part.length);
 *   },
 * };
 * await writeAll(twoAtMost, new Uint8Array([1, 2, 3, 4, 5]));
 * assertEquals(taken, [1, 2, 3, 4, 5]);
 * ```
 *
 * @throws What `write` throws. Some of the bytes may have left before.
 */
export async function writeAll(
  writer: Writer,
  bytes: Uint8Array,
): Promise<void> {
  let taken = 0;
  while (taken < bytes.length) {
    taken += await writer.write(bytes.subarray(taken));
  }
}
