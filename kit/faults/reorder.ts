/**
 * Fault: datagrams overtake each other.
 *
 * @module
 */
import type { DatagramFault } from "../datagram_plan.ts";

/** Turns the order round: what was sent last arrives first. */
export function reorder(): DatagramFault {
  return {
    says: "in reverse order",
    bend: (plan) => plan.toReversed(),
  };
}
