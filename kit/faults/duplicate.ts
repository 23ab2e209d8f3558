/**
 * Fault: a datagram arrives more than once.
 *
 * @module
 */
import type { DatagramFault, DatagramMove } from "../datagram_plan.ts";

/** Sends each datagram twice. */
export function duplicate(): DatagramFault {
  return {
    says: "twice",
    bend: (plan) =>
      plan.flatMap((move): DatagramMove[] =>
        move.do === "send" ? [move, move] : [move]
      ),
  };
}
