/**
 * Fault: bytes come in several writes.
 *
 * @module
 */
import type { Fault, Move } from "../plan.ts";

/**
 * Cuts each write into pieces of these sizes; the last size serves for the rest.
 *
 * The pieces leave one after another with a turn of the event loop between.
 * The reader may still find several in one read: that is its network's right.
 *
 * @param sizes Sizes in bytes, each at least 1.
 */
export function cut(...sizes: [number, ...number[]]): Fault {
  return {
    says: told(sizes),
    bend: (plan) =>
      plan.flatMap((move) =>
        move.do === "write" ? pieces(move.bytes, sizes) : [move]
      ),
  };
}

function told(sizes: readonly number[]): string {
  const [last, ...before] = sizes.toReversed();
  if (before.length > 0) {
    return `in writes of ${
      before.toReversed().join(", ")
    } bytes, then ${last} at a time`;
  }
  return last === 1 ? "a byte at a time" : `${last} bytes at a time`;
}

function pieces(bytes: Uint8Array, sizes: readonly number[]): Move[] {
  const moves: Move[] = [];
  let size = 1;
  for (let offset = 0, i = 0; offset < bytes.length; offset += size, i++) {
    size = sizes[i] ?? size;
    if (i > 0) moves.push({ do: "pause", ms: 0 });
    moves.push({ do: "write", bytes: bytes.subarray(offset, offset + size) });
  }
  return moves;
}
