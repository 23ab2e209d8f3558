/**
 * Fault: datagrams are lost on the way.
 *
 * @module
 */
import type { DatagramFault } from "../datagram_plan.ts";

/** Loses every datagram of the plan. What is lost is never sent: nobody can tell the two apart. */
export function drop(): DatagramFault {
  return {
    says: "but it is lost on the way",
    bend: (plan) => plan.filter((move) => move.do !== "send"),
  };
}
