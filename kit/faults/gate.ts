/**
 * Fault: a peer that sends the rest only when it has heard something.
 *
 * @module
 */
import type { Fault } from "../plan.ts";

/**
 * Holds back every write after the first until the other side has sent so many
 * bytes. A cut behind a gate is certain to be seen as a cut.
 *
 * @param bytes How many bytes must have come over the connection, all told.
 */
export function gate(bytes: number): Fault {
  return {
    says: `the rest after ${bytes} bytes of answer`,
    bend(plan) {
      const first = plan.findIndex((move) => move.do === "write") + 1;
      const rest = plan.slice(first);
      if (rest.length === 0) return plan;
      return [...plan.slice(0, first), { do: "await", bytes }, ...rest];
    },
  };
}
