/**
 * Reading a file piece by piece, the next piece while the last one is in use.
 *
 * @module
 */
import type { Reader } from "@lessons/06_struct_framing/frame.ts";

/** How much a read asks for at most, in bytes: large enough that the call itself costs next to nothing. */
export const PIECE = 256 * 1024;

/** How much a read of so many bytes asks for: no memory is taken that nothing comes into. */
export function pieceOf(bytes: number): number {
  return Math.min(PIECE, Math.max(bytes, 1));
}

/** What {@linkcode readAhead} may be told. */
export interface ReadAheadOptions {
  /** Bytes that stand before those of the source, in the first piece. */
  readonly head?: Uint8Array;
  /** The size of a piece, in bytes. Without it {@linkcode PIECE}, 256 KiB. */
  readonly size?: number;
}

/**
 * Gives the bytes of a source, piece by piece.
 *
 * There are two buffers. While you work on the piece in one of them, the
 * system fills the other, so that reading costs no time of its own. A piece is
 * good until you ask for the next.
 *
 * @param source A file, or anything else that is read.
 * @throws What its `read` throws.
 */
export async function* readAhead(
  source: Reader,
  options: ReadAheadOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const { head = new Uint8Array(), size = PIECE } = options;
  let [full, empty] = [
    new Uint8Array(head.length + size),
    new Uint8Array(size),
  ];
  full.set(head);
  let filled = head.length;
  let reading = source.read(full.subarray(filled));
  try {
    while (true) {
      const count = await reading;
      filled += count ?? 0;
      if (count === null) {
        if (filled > 0) yield full.subarray(0, filled); // a head without a body
        return;
      }
      reading = source.read(empty); // it goes on while the caller works
      yield full.subarray(0, filled);
      [full, empty] = [empty, full];
      filled = 0;
    }
  } finally {
    await reading.catch(() => {}); // a caller that leaves early may close the source
  }
}
