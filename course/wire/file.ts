/**
 * Runs in files: recordings to keep and to show again, pictures and viewers.
 *
 * @module
 */
import { UserError } from "../user/error.ts";
import { readRecordings } from "./read.ts";
import { MOST_FILE, type Recording } from "./recording.ts";
import type { View } from "./view.ts";
import { writeRecordings } from "./write.ts";

/**
 * Keeps a run: as a recording, a picture or a viewer, by the file's ending.
 *
 * @returns What it wrote, in one line.
 * @throws {UserError} Where it cannot be written.
 */
export async function save(
  file: string,
  recordings: readonly Recording[],
  view: View,
): Promise<string> {
  const [what, text] = file.endsWith(".svg")
    ? ["a picture", view.svg]
    : file.endsWith(".html")
    ? ["a page for a browser", await view.viewer()]
    : ["a recording, for deno task wire", writeRecordings(recordings)];
  try {
    await Deno.writeTextFile(file, text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${reason(error)}`, 1);
  }
  return `wrote ${file}: ${what}`;
}

/** Reads a file of recordings. @throws {UserError} Where it cannot be read, is none, or is too large. */
export async function readRecordingFile(
  file: string,
): Promise<Recording[]> {
  let text: string;
  try {
    const { size, isFile } = await Deno.stat(file);
    if (!isFile) throw new UserError(`${file} is not a file`, 1);
    if (size > MOST_FILE) {
      throw new UserError(
        `${file} has ${size} bytes; a recording has ${MOST_FILE} at most`,
        1,
      );
    }
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read ${file}: ${reason(error)}`, 1);
  }
  const recordings = readRecordings(text);
  if (recordings.length === 0) {
    throw new UserError(`${file} is not a recording of the wire view`, 1);
  }
  return recordings;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "no such file or folder";
  return error instanceof Error ? error.message : String(error);
}
