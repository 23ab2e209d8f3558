/**
 * Fault: a peer that says that it has no more to send, and goes on listening.
 *
 * @module
 */
import type { Fault } from "../plan.ts";

/** Ends the plan: the peer then half-closes. */
export function halfClose(): Fault {
  return {
    says: "then half-closes",
    bend: (plan) => [...plan, { do: "half-close" }],
  };
}
