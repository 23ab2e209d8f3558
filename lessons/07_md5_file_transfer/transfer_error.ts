/**
 * What can go wrong with a transfer, in one line.
 *
 * @module
 */
import { explain } from "@lessons/program.ts";
import {
  FrameLengthError,
  UnexpectedEndError,
} from "@lessons/06_struct_framing/frame.ts";
import { FileNameError } from "./file_name.ts";

/** What came is not what was announced or agreed. The message can be sent to whoever sent it. */
export class TransferError extends Error {
  /** `TransferError`. */
  override name = "TransferError";
}

/**
 * Says in plain words why a transfer failed.
 *
 * @param error What was thrown.
 * @param about The other side, `127.0.0.1:8007`.
 * @returns One line, or `undefined` for an error of the program itself.
 */
export function whyFailed(error: unknown, about: string): string | undefined {
  const isTheirs = error instanceof TransferError ||
    error instanceof FileNameError || error instanceof FrameLengthError ||
    error instanceof UnexpectedEndError;
  if (isTheirs) return error.message;
  if (error instanceof Deno.errors.PermissionDenied) return error.message; // a file's, not a port's
  return explain(error, about);
}
