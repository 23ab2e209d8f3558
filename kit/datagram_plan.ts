/**
 * Plans of datagrams: what a scripted UDP peer sends, move by move, as a value
 * that can be bent by the faults of a network.
 *
 * @module
 */
import type { Fault } from "./plan.ts";

/** One thing that a UDP peer does. */
export type DatagramMove =
  /** Sends one datagram: from its own socket, or from that of a stranger. */
  | {
    readonly do: "send";
    readonly bytes: Uint8Array;
    readonly from: "self" | "stranger";
  }
  /** Does nothing for a while. It makes a slow network; no verdict rests on its length. */
  | { readonly do: "pause"; readonly ms: number };

/** The moves of one step, in order. */
export type DatagramPlan = readonly DatagramMove[];

/** What a network may do to datagrams, for it promises nothing. */
export type DatagramFault = Fault<DatagramMove>;

/** The plan that sends some datagrams, empty ones too, with faults put in one after another. */
export function planDatagrams(
  datagrams: readonly Uint8Array[],
  ...faults: readonly DatagramFault[]
): DatagramPlan {
  const start: DatagramPlan = datagrams.map((bytes) => ({
    do: "send",
    bytes,
    from: "self",
  }));
  return faults.reduce((moves, fault) => fault.bend(moves), start);
}
