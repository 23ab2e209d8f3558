/**
 * Fault: a peer that takes its time.
 *
 * @module
 */
import type { Fault, Move } from "../plan.ts";

/** Waits before each write. @param ms How long, in milliseconds. */
export function stall(ms: number): Fault {
  return {
    says: `with ${ms} ms before each write`,
    bend: (plan) =>
      plan.flatMap((move): Move[] =>
        move.do === "write" ? [{ do: "pause", ms }, move] : [move]
      ),
  };
}
