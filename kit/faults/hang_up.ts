/**
 * Fault: a peer that closes when it has sent its bytes.
 *
 * @module
 */
import type { Fault } from "../plan.ts";

/** Ends the plan: the peer then hangs up. */
export function hangUp(): Fault {
  return {
    says: "then hangs up",
    bend: (plan) => [...plan, { do: "close" }],
  };
}
