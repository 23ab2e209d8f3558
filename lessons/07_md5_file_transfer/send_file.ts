/**
 * Sending a file: its checksum first, then its bytes.
 *
 * @module
 */
import { crypto } from "@std/crypto";
import type { Reader } from "@lessons/06_struct_framing/frame.ts";
import type { Writer } from "@lessons/06_struct_framing/write_all.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { hex } from "./md5_beside.ts";
import type { Message } from "./message.ts";
import { fromStart, type Opened, openToRead } from "./open_to_read.ts";
import { pieceOf, readAhead } from "./read_ahead.ts";
import type { Received } from "./receive_file.ts";
import { TransferError } from "./transfer_error.ts";

/** A file that is open, and what is to be said about it before it is sent. */
export interface Outgoing extends Disposable {
  /** The file, read from its start. */
  readonly file: Reader;
  /** How many bytes it has. */
  readonly size: number;
  /** Its MD5, 32 hexadecimal digits. */
  readonly md5: string;
}

/**
 * Opens a file and reads it once, for its MD5.
 *
 * @param findMd5 Gives the MD5 instead, as one may who has read the file before.
 * @throws {Error} Where there is none (its `code` is `ENOENT`), it may not be
 * read (`EACCES`), or it is no file but a folder or a pipe.
 */
export async function openFile(
  path: string,
  findMd5: (opened: Opened) => Promise<string> = md5Of,
): Promise<Outgoing> {
  const opened = await openToRead(path);
  const { handle, size } = opened;
  const close = () => void handle.close();
  try {
    const md5 = await findMd5(opened);
    return { file: fromStart(handle), size, md5, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Reads all of a file. @returns Its MD5, 32 hexadecimal digits. */
export async function md5Of({ handle, size }: Opened): Promise<string> {
  const pieces = readAhead(fromStart(handle), { size: pieceOf(size) });
  return hex(await crypto.subtle.digest("MD5", pieces));
}

/** What {@linkcode sendFile} may be told. */
export interface SendOptions {
  /** Hears of each piece how many bytes of the file it had. */
  readonly onBytes?: (count: number) => void;
  /** What the other side says. Where that is no receipt, it wants no more: sending then ends, also where a write waits for room. */
  readonly enough?: Promise<Message | null>;
}

/**
 * Sends a head and then the file.
 *
 * The head and the file's first bytes leave in one write.
 *
 * @returns Whether all was sent: not where the other side wanted no more or has closed.
 * @throws {TransferError} Where the file has become shorter meanwhile.
 */
export async function sendFile(
  conn: Writer,
  head: Uint8Array,
  { file, size }: Outgoing,
  { onBytes = () => {}, enough }: SendOptions = {},
): Promise<boolean> {
  let left = head.length + size;
  let isEnough = false;
  let stopWaiting = () => {};
  enough?.catch(() => null).then((answer) => {
    if (answer?.ok === true) return; // all has arrived, even if the last write has not returned yet
    isEnough = true;
    stopWaiting(); // a write that waits for room may wait for ever
  });
  try {
    for await (const piece of readAhead(file, { head, size: pieceOf(size) })) {
      if (isEnough) return false;
      const part = piece.subarray(0, left); // the file may have become longer
      const writing = writeAll(conn, part).then(() => true);
      const stopped = new Promise<false>((resolve) => {
        stopWaiting = () => resolve(false);
      });
      if (!await Promise.race([writing, stopped])) return false;
      const isFirst = left === head.length + size;
      onBytes(isFirst ? part.length - head.length : part.length);
      left -= part.length;
      if (left === 0) return true;
    }
  } catch (error) {
    if (hasLeft(error)) return false;
    throw error;
  }
  throw new TransferError(`the file has become ${left} bytes shorter`);
}

/**
 * The receipt for a file that was sent.
 *
 * Size and MD5 are compared, the name is not: only the caller knows which one
 * the server was given.
 *
 * @param answer What the other side said, or `null` where it closed without a word.
 * @throws {TransferError} Where it is no receipt, or one for something else.
 */
export function checkReceipt(
  answer: Message | null,
  { size, md5 }: Outgoing,
): Received {
  if (answer === null) {
    throw new TransferError(
      "no receipt came: whether the file arrived is not known",
    );
  }
  if (answer.ok !== true) throw refusal(answer);
  const { name, bytes } = answer;
  if (typeof name !== "string" || bytes !== size || answer.md5 !== md5) {
    throw new TransferError("the receipt is for something else");
  }
  return { name: printable(name), md5, bytes };
}

/** The error that an answer without `ok` tells of. */
export function refusal({ error }: Message): TransferError {
  const text = typeof error === "string" ? printable(error) : "no";
  return new TransferError(`refused: ${text}`);
}

/** A text from outside as it may reach a terminal: cut short, without control characters. */
function printable(text: string): string {
  return text.slice(0, 500).replace(/\p{Cc}/gu, "?");
}

/** Whether an error of a write means that the other side has closed. It may have said why before. */
function hasLeft(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset;
}
