/**
 * Fault: a peer that crashes when it has sent its bytes.
 *
 * @module
 */
import type { Fault } from "../plan.ts";

/** Ends the plan: the peer then resets the connection. */
export function reset(): Fault {
  return {
    says: "then resets the connection",
    bend: (plan) => [...plan, { do: "reset" }],
  };
}
