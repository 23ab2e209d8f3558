/**
 * Fault: datagrams arrive cut short.
 *
 * @module
 */
import type { DatagramFault } from "../datagram_plan.ts";

/** Cuts each datagram. @param most How many bytes are left of it at most. */
export function truncate(most: number): DatagramFault {
  return {
    says: `cut to ${most} bytes`,
    bend: (plan) =>
      plan.map((move) =>
        move.do === "send"
          ? { ...move, bytes: move.bytes.subarray(0, most) }
          : move
      ),
  };
}
