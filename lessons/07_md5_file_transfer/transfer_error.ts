/**
 * What can go wrong with a transfer, in one line.
 *
 * @module
 */
import { explain } from "@lessons/program.ts";

/** What came is not what was announced or agreed. The message can be sent to whoever sent it. */
export class TransferError extends Error {
  /** `TransferError`. */
  override name = "TransferError";
  /** The outside can cause it: it is no bug of the program. */
  readonly isFromOutside = true;
}

/**
 * Says in plain words why a transfer failed.
 *
 * @param error What was thrown.
 * @param about The other side, `127.0.0.1:8007`.
 * @returns One line, or `undefined` for an error of the program itself.
 */
export function whyFailed(error: unknown, about: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("isFromOutside" in error && error.isFromOutside === true) {
    return error.message;
  }
  if (error instanceof Deno.errors.PermissionDenied) return error.message; // a file's, not a port's
  return explain(error, about);
}

/**
 * A reason as it may be sent to the other side: without the path that the
 * system puts behind it, which is nobody's business there.
 */
export function withoutPath(reason: string): string {
  return reason.replace(/([:,] \w+)? '.*'$/, "");
}
