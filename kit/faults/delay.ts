/**
 * Fault: datagrams take their time.
 *
 * @module
 */
import type { DatagramFault, DatagramMove } from "../datagram_plan.ts";

/** Holds each datagram back. @param ms How long, in milliseconds. */
export function delay(ms: number): DatagramFault {
  return {
    says: `after ${ms} ms`,
    bend: (plan) =>
      plan.flatMap((move): DatagramMove[] =>
        move.do === "send" ? [{ do: "pause", ms }, move] : [move]
      ),
  };
}
