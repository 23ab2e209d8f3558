/**
 * Errors that a user can set right.
 *
 * @module
 */

/** Something that the user can set right: printed as one line. */
export class UserError extends Error {
  /** `UserError`. */
  override name = "UserError";

  /** A message of one line. @param code The exit code: 2 where the command line was wrong. */
  constructor(message: string, readonly code: 1 | 2 = 2) {
    super(message);
  }
}
