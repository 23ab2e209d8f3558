/**
 * Write plans: what a scripted peer does to its stream, move by move, as a
 * value that can be bent by faults, printed and played.
 *
 * @module
 */
import { guard, type Patience } from "./guard.ts";
import type { Wire } from "./wire.ts";

/** One thing that a peer does to its stream. */
export type Move =
  /** Writes these bytes with one call. */
  | { readonly do: "write"; readonly bytes: Uint8Array }
  /** Does nothing for a while. It makes a slow peer; no verdict rests on its length. */
  | { readonly do: "pause"; readonly ms: number }
  /** Ends its own direction. */
  | { readonly do: "half-close" }
  /** Breaks the connection off. */
  | { readonly do: "reset" }
  /** Ends both directions. */
  | { readonly do: "close" };

/** The moves of one step, in order. */
export type Plan = readonly Move[];

/**
 * A fault makes a plan worse in one way, as a network or a careless peer would.
 *
 * @typeParam M The moves that it bends: those of a stream, unless told otherwise.
 */
export interface Fault<M = Move> {
  /** How a verdict mentions it: `in writes of 3 bytes`. */
  readonly says: string;
  /** The plan with the fault in it. */
  bend(plan: readonly M[]): readonly M[];
}

/** The plan that writes some bytes, with faults put in one after another. */
export function plan(bytes: Uint8Array, ...faults: readonly Fault[]): Plan {
  const start: Plan = bytes.length === 0 ? [] : [{ do: "write", bytes }];
  return faults.reduce((moves, fault) => fault.bend(moves), start);
}

/**
 * Plays a plan on a wire.
 *
 * @param patience How long a write may take.
 * @throws {Hang} Where a write is not taken in time.
 */
export async function play(
  wire: Wire,
  moves: Plan,
  patience: Patience,
): Promise<void> {
  for (const move of moves) {
    switch (move.do) {
      case "write":
        await guard(patience, wire.write(move.bytes));
        break;
      case "pause":
        await new Promise((resolve) => setTimeout(resolve, move.ms));
        break;
      case "half-close":
        await wire.closeWrite();
        break;
      case "reset":
        await wire.reset();
        break;
      case "close":
        wire.close();
        break;
    }
  }
}
