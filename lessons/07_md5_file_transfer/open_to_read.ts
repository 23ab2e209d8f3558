/**
 * Opening a file to read it, where something else may stand in its place.
 *
 * `Deno.open` waits at a pipe until somebody opens its other end, which may be
 * never. A look before (`Deno.stat`) is not enough: between the two calls
 * somebody may exchange the file. So the system is told not to wait
 * (`O_NONBLOCK` in open(2)), and what was opened is looked at afterwards.
 * `Deno.open` has no such flag, `node:fs` has.
 *
 * @module
 */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Reader } from "@lessons/06_struct_framing/frame.ts";

/** A file that is open. */
export interface Opened {
  /** What reads it. Whoever has it closes it. */
  readonly handle: FileHandle;
  /** How many bytes it has. */
  readonly size: number;
  /** Tells this state of this file from any other: which file it is, and when it was changed. */
  readonly stamp: string;
  /** When it was changed last, in milliseconds since 1970. */
  readonly changed: number;
}

/**
 * Opens a file to read it, and never waits.
 *
 * @throws {Error} Where there is none (its `code` is `ENOENT`), it may not be
 * read (`EACCES`), or it is no file but a folder or a pipe.
 */
export async function openToRead(path: string): Promise<Opened> {
  const handle = await open(
    path,
    constants.O_RDONLY | constants.O_NONBLOCK, // Windows has no such flag, and no pipes in folders
  );
  try {
    const there = await handle.stat();
    if (!there.isFile()) throw new Error(`not a file: open '${path}'`);
    const { dev, ino, size, mtimeMs, ctimeMs } = there;
    const stamp = [dev, ino, size, mtimeMs, ctimeMs].join(" ");
    return { handle, size, stamp, changed: Math.max(mtimeMs, ctimeMs) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads a file from its start, wherever others have read it to. */
export function fromStart(handle: FileHandle): Reader {
  let position = 0;
  return {
    async read(buffer) {
      const { bytesRead } = await handle.read(
        buffer,
        0,
        buffer.length,
        position,
      );
      position += bytesRead;
      return bytesRead === 0 ? null : bytesRead;
    },
  };
}
