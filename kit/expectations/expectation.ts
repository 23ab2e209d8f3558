/**
 * Expectations: what should come over a connection, as values. A new kind is
 * a new small file beside this one.
 *
 * @module
 */
import type { Inbox } from "../inbox.ts";

/** Something that should come. */
export interface Expectation {
  /** How a step mentions it, after the name of who waits: `gets "ONE\n" (4 bytes)`. */
  readonly says: string;
  /**
   * Takes it from what has come, and waits for what is missing.
   *
   * @throws {Failure} Where something else comes, or nothing.
   */
  take(inbox: Inbox): Promise<void>;
}
