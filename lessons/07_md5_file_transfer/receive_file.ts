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
import type { Reader } from "@lessons/06_struct_framing/frame.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { checkFileName, isTemporary, temporaryName } from "./file_name.ts";
import { Md5Beside } from "./md5_beside.ts";
import { TransferError } from "./transfer_error.ts";

/** A file that is about to come. */
export interface Incoming {
  /** The name that it shall have in the folder. */
  readonly name: string;
  /** How many bytes it has; without it, all that come. */
  readonly size?: number;
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
}): Incoming & { readonly size: number } {
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
 * @param source Where the bytes come from. Exactly `size` of them are read, or all where no size is known.
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

  using temporary = await openTemporary(folder);
  const { file, path } = temporary;
  try {
    const { md5: found, bytes } = await keep(source, file, size, onBytes);
    if (md5 !== undefined && md5 !== found) {
      throw new TransferError(`the MD5 of what came is ${found}, not ${md5}`);
    }
    await file.sync(); // the name must not reach the disk before the bytes
    await Deno.rename(path, target); // still locked: nobody may take it for a leftover
    return { name, md5: found, bytes };
  } catch (error) {
    await Deno.remove(path).catch(ignoreMissing);
    throw error;
  }
}

/** A file that is being received. */
interface Temporary extends Disposable {
  readonly file: Deno.FsFile;
  readonly path: string;
}

/**
 * Makes a file to receive into, and locks it. The system lets go of the lock
 * when this program ends, however it does.
 */
async function openTemporary(folder: string): Promise<Temporary> {
  while (true) {
    const path = `${folder}/${temporaryName()}`;
    unfinished.add(path);
    const file = create(path);
    const temporary = {
      file,
      path,
      [Symbol.dispose]() {
        file.close();
        unfinished.delete(path);
      },
    };
    try {
      await file.lock(true);
      if (await isThere(path)) return temporary;
      temporary[Symbol.dispose](); // another program took it for a leftover, before it was locked
    } catch (error) {
      temporary[Symbol.dispose]();
      await Deno.remove(path).catch(ignoreMissing);
      throw error;
    }
  }
}

/** Makes a new file, in one step of this program: a Ctrl-C comes before it or after it, and never finds a file that nobody knows of. */
function create(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, createNew: true });
  } catch (error) {
    unfinished.delete(path);
    throw error;
  }
}

/** Writes exactly so many bytes into a file, or all where no size is known. @returns How many, and their MD5. */
async function keep(
  source: Reader,
  file: Deno.FsFile,
  size: number | undefined,
  onBytes: (count: number) => void,
): Promise<{ md5: string; bytes: number }> {
  let bytes = 0;
  let writing = Promise.resolve();
  using digest = new Md5Beside(size);
  try {
    while (bytes !== size) {
      const buffer = await digest.empty();
      const left = size === undefined ? buffer.length : size - bytes;
      const count = await source.read(buffer.subarray(0, left));
      if (count === null) {
        mustBeAll(bytes, size);
        break;
      }
      await writing; // the last piece, which was being written while this one came
      writing = writeAll(file, buffer.subarray(0, count))
        .then(() => digest.add(buffer, count));
      writing.catch(() => {}); // looked at above, or below
      bytes += count;
      onBytes(count);
    }
  } finally {
    await writing; // whoever called this closes the file
  }
  return { md5: await digest.digest(), bytes };
}

/** Where fewer bytes came than were announced, the file is not whole. */
function mustBeAll(bytes: number, size?: number): void {
  if (size === undefined) return;
  throw new TransferError(`the file ended after ${bytes} of ${size} bytes`);
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
    using file = await Deno.open(path, { read: true, write: true })
      .catch(ignoreMissing);
    if (!file || !await file.tryLock(true)) continue; // another program receives it right now
    if (!await isThere(path)) continue; // it has got its name in the meantime
    await Deno.remove(path).catch(ignoreMissing);
    count++;
  }
  return count;
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).catch(ignoreMissing) !== undefined;
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
