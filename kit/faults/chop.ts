/**
 * Fault: bytes come in many writes, as fast as they can be made.
 *
 * @module
 */
import type { Fault, Move } from "../plan.ts";

/** Sizes for every kind of cut, in bytes: all the small ones, and powers of two. */
export const EVERY_SIZE: readonly [number, ...number[]] = [
  1,
  ...Array.from({ length: 63 }, (_, i) => i + 2),
  ...[128, 256, 512, 1024, 2048, 4096],
];

/**
 * Cuts each write into pieces that leave right after one another.
 *
 * Where the cuts must be seen one by one, take the fault `cut` or a gate; this
 * is for many thousands of them.
 *
 * @param sizes Bytes, each at least 1. Of several sizes each serves for an equal part of the write.
 */
export function chop(...sizes: [number, ...number[]]): Fault {
  const most = sizes.at(-1) ?? 1;
  return {
    says: sizes.length === 1
      ? `in quick writes of ${most} bytes`
      : `in quick writes of ${sizes[0]} to ${most} bytes`,
    bend: (plan) =>
      plan.flatMap((move) =>
        move.do === "write" ? pieces(move.bytes, sizes) : [move]
      ),
  };
}

function pieces(bytes: Uint8Array, sizes: readonly number[]): Move[] {
  const moves: Move[] = [];
  const part = Math.ceil(bytes.length / sizes.length);
  for (const [i, size] of sizes.entries()) {
    const end = Math.min((i + 1) * part, bytes.length);
    for (let from = i * part; from < end; from += size) {
      const to = Math.min(from + size, end);
      moves.push({ do: "write", bytes: bytes.subarray(from, to) });
    }
  }
  return moves;
}
