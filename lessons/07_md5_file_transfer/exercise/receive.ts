/**
 * Lesson 07, exercise "store": the receiving of a file, for server and client alike.
 *
 * @module
 */
import type { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { TransferError } from "@lessons/07_md5_file_transfer/transfer_error.ts";

/** A file that is about to come. */
export interface Incoming {
  /** The name that it shall have in the folder. */
  readonly name: string;
  /** How many bytes it has. */
  readonly size: number;
  /** What its MD5 must be, in hexadecimal. */
  readonly md5: string;
}

/**
 * Receives a file into a folder: whole and with the right MD5, or not at all.
 *
 * @param body Where the bytes come from: the reader that has read the message in front of them.
 * @throws {TransferError} Where too few bytes come, or their MD5 is another.
 */
export async function receive(
  body: FrameReader,
  folder: string,
  { name, size, md5 }: Incoming,
): Promise<void> {
  // TODO: stage 1: read `size` bytes with `body.read(buffer)`, no more, and write each piece to a file: `writeAll`.
  // TODO: stage 2: write to another name in the same folder, `temporaryName()` from file_name.ts.
  // TODO: compare the MD5: `crypto` from "@std/crypto". Then `Deno.rename`; where anything fails, `Deno.remove`.
  // TODO: stage 3: one buffer of fixed size, whatever `size` says; no link and no folder is replaced.
  await body.read(new Uint8Array(Math.min(size, 1024)));
  throw new TransferError(`TODO: ${folder}/${name}, ${size} bytes, MD5 ${md5}`);
}
