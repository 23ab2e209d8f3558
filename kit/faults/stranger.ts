/**
 * Fault: datagrams come from somebody else.
 *
 * @module
 */
import type { DatagramFault } from "../datagram_plan.ts";

/** Sends each datagram from another socket, so from another address. */
export function stranger(): DatagramFault {
  return {
    says: "from a stranger's address",
    bend: (plan) =>
      plan.map((move) =>
        move.do === "send" ? { ...move, from: "stranger" } : move
      ),
  };
}
