/**
 * What went wrong in a step, as values: the report turns it into text, and a
 * case looks in it for a misunderstanding that it knows.
 *
 * @module
 */
import type { Hang } from "./guard.ts";

/** What the step that failed had seen. */
export interface Seen {
  /** What should have come, where that was a run of bytes. */
  readonly expected?: Uint8Array;
  /** True where those bytes are one spelling of several that would do: where another parts from them means nothing. */
  readonly isExample?: boolean;
  /** What came instead, as far as it was read. */
  readonly received?: Uint8Array;
  /** What was found where it was no bytes that came: for a misunderstanding to recognise, not to be shown. */
  readonly found?: string;
  /** True where something was expected and nothing came until the hang guard rang. */
  readonly silent?: boolean;
  /** True where the machine was too busy for that silence to mean anything. */
  readonly isBusy?: boolean;
}

/** A step of a script found the program to behave in another way than the lesson asks. */
export class Failure extends Error {
  /** `Failure`. */
  override name = "Failure";

  /**
   * A failure of the step that is under way.
   *
   * @param message What happened, in a plain sentence about "your server" or "your client".
   * @param seen What the step had seen.
   */
  constructor(message: string, readonly seen: Seen = {}) {
    super(message);
  }

  /** The failure of a step in which nothing came. */
  static ofSilence(hang: Hang, message: string, seen: Seen = {}): Failure {
    return new Failure(message, {
      ...seen,
      silent: true,
      isBusy: hang.isBusy,
    });
  }
}
