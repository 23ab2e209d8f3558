/**
 * Receiving a file so that it is there whole and verified, or not at all.
 *
 * The bytes go into a temporary file in the same folder. Only when all are
 * there and their checksum is right, the file gets its name, with one call that
 * the system does wholly or not at all. A program that is killed in between
 * leaves the temporary file, which {@linkcode removeLeftovers} finds.
 *
 * @module
 */
import { crypto } from "@std/crypto";
import type { Reader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { checkFileName, isTemporary, temporaryName } from "./file_name.ts";
import { PIECE } from "./read_ahead.ts";
import { TransferError } from "./transfer_error.ts";

/** A file that is about to come. */
export interface Incoming {
  /** The name that it shall have in the folder. */
  readonly name: string;
  /** How many bytes it has. */
  readonly size: number;
  /** What its MD5 must be, in hexadecimal; without it nothing is compared. */
  readonly md5?: string;
}

/** A file that has come. */
export interface Received {
  /** Its name in the folder. */
  readonly name: string;
  /** The MD5 of what came, 32 hexadecimal digits. */
  readonly md5: string;
  /** How many bytes came. */
  readonly bytes: number;
}

/**
 * What a peer announced, where it can be true.
 *
 * @throws {FileNameError} Where the name is none.
 * @throws {TransferError} Where the size is no whole number from 0 up, or the MD5 is not 32 hexadecimal digits.
 */
export function checkIncoming(announced: {
  name: unknown;
  size: unknown;
  md5: unknown;
}): Incoming {
  const name = checkFileName(announced.name);
  const { size, md5 } = announced;
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw new TransferError("the size is not a whole number of bytes");
  }
  if (md5 === undefined) return { name, size };
  if (typeof md5 !== "string" || !/^[\da-f]{32}$/i.test(md5)) {
    throw new TransferError("the MD5 is not 32 hexadecimal digits");
  }
  return { name, size, md5: md5.toLowerCase() };
}

/** The temporary files that this program has in use. */
const unfinished = new Set<string>();

/**
 * Receives a file into a folder.
 *
 * What stands there under its name is replaced when the new file is whole, and
 * untouched when anything goes wrong.
 *
 * @param source Where the bytes come from. Exactly `size` of them are read.
 * @param folder Where to put the file; it must be there.
 * @param onBytes Hears of each piece how many bytes it has.
 * @throws {FileNameError} Where the name is not that of a file in the folder.
 * @throws {TransferError} Where too few bytes come, their MD5 is another, or
 * something else than a file has this name.
 */
export async function receiveFile(
  source: Reader,
  folder: string,
  { name, size, md5 }: Incoming,
  onBytes: (count: number) => void = () => {},
): Promise<Received> {
  const target = `${folder}/${checkFileName(name)}`;
  const there = await Deno.lstat(target).catch(ignoreMissing);
  if (there && !there.isFile) {
    throw new TransferError(`"${name}" is there, and is no file`);
  }

  const temporary = `${folder}/${temporaryName()}`;
  unfinished.add(temporary);
  try {
    {
      using file = await Deno.open(temporary, { write: true, createNew: true });
      await file.lock(true); // the system lets go of it when this program ends, however it does
      const found = await keep(source, file, size, onBytes);
      if (md5 !== undefined && md5 !== found) {
        throw new TransferError(
          `the MD5 of what came is ${found}, not ${md5}`,
        );
      }
      md5 = found;
      await file.sync(); // the name must not reach the disk before the bytes
    }
    await Deno.rename(temporary, target);
    return { name, md5, bytes: size };
  } catch (error) {
    await Deno.remove(temporary).catch(ignoreMissing);
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}

/** Writes exactly so many bytes into a file. @returns Their MD5. */
async function keep(
  source: Reader,
  file: Deno.FsFile,
  size: number,
  onBytes: (count: number) => void,
): Promise<string> {
  async function* pieces() {
    const buffer = new Uint8Array(PIECE);
    for (let left = size; left > 0;) {
      const count = await source.read(buffer.subarray(0, left));
      if (count === null) {
        throw new TransferError(
          `the file ended after ${size - left} of ${size} bytes`,
        );
      }
      const piece = buffer.subarray(0, count);
      const writing = writeAll(file, piece);
      writing.catch(() => {}); // looked at below
      yield piece; // the digest takes it in while it is written
      await writing;
      left -= count;
      onBytes(count);
    }
  }
  return hex(await crypto.subtle.digest("MD5", pieces()));
}

/** Bytes as hexadecimal digits. */
export function hex(bytes: ArrayBuffer): string {
  return new Uint8Array(bytes).toHex();
}

/**
 * Makes a folder ready to receive files: makes it where it is missing, and
 * removes what a killed program left in it.
 *
 * @throws {Error} Where something else than a folder has its name.
 */
export async function prepareFolder(folder: string): Promise<void> {
  const there = await Deno.stat(folder).catch(ignoreMissing);
  if (there && !there.isDirectory) {
    throw new Error(`"${folder}" is not a folder`);
  }
  await Deno.mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
}

/**
 * Removes the temporary files that programs left in a folder when they were
 * killed. Those that a program has in use stay, and so does every other file.
 *
 * @returns How many there were.
 */
export async function removeLeftovers(folder: string): Promise<number> {
  let count = 0;
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !isTemporary(name)) continue;
    const path = `${folder}/${name}`;
    using file = await Deno.open(path, { read: true, write: true });
    if (!await file.tryLock(true)) continue; // another program receives it right now
    await Deno.remove(path);
    count++;
  }
  return count;
}

/** Removes the temporary files that this program has in use, at once: for a program that is about to end. */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      Deno.removeSync(path);
    } catch (error) {
      ignoreMissing(error);
    }
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
