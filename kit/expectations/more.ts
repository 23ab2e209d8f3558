/**
 * Expectation: anything at all, after what has come. For proofs.
 *
 * @module
 */
import type { Expectation } from "./expectation.ts";

/** At least one byte more than has come so far. */
export function more(): Expectation {
  return {
    says: "gets something more",
    take: (inbox) =>
      inbox.hold(inbox.bytes.length + 1, new Uint8Array(), "anything more"),
  };
}
