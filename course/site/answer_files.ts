/**
 * The files of an answer, which the page edits: those on the disk are the
 * truth. Whoever writes one says which version he has seen, and writes over no
 * other.
 *
 * @module
 */
import { answerFolder } from "@lessons/places.ts";
import { writeWhole } from "../../kit/whole_file.ts";

/** A file as it is on the disk. */
export interface AnswerFile {
  /** Its name: `server.ts`. */
  readonly name: string;
  /** What is in it. */
  readonly text: string;
  /** What tells this text from any other. */
  readonly version: string;
}

/** The version of a file that is not there. */
export const NO_VERSION = "";

/** How large a file may be that is edited in a page, in characters. */
export const MOST_TEXT = 256 * 1024;

/** What files of programs are called, in any language. */
const NAME = /^\w[\w.-]{0,60}\.\w{1,8}$/;

/** Reads an answer's files, the pair first. */
export async function readAnswer(lesson: string): Promise<AnswerFile[]> {
  const folder = answerFolder(lesson);
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && NAME.test(name)) names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const rank = (name: string) =>
    name.startsWith("server.") ? 0 : name.startsWith("client.") ? 1 : 2;
  names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const files = await Promise.all(
    names.map((name) => readFile(new URL(name, folder), name)),
  );
  return files.filter((file) => file !== undefined);
}

/** What came of a write. */
export type Written =
  | { readonly isWritten: true; readonly version: string }
  /** Somebody else was quicker: this is what is there now. */
  | { readonly isWritten: false; readonly now: AnswerFile };

/**
 * Writes a file, where the one that is there is the one that was seen.
 *
 * @param seen The version of that; {@linkcode NO_VERSION} for a new file.
 * @returns `undefined` where the name or the text is none that is taken.
 */
export async function writeAnswer(
  lesson: string,
  name: string,
  text: string,
  seen: string,
): Promise<Written | undefined> {
  if (!NAME.test(name) || text.length > MOST_TEXT) return undefined;
  const url = new URL(name, answerFolder(lesson));
  const now = await readFile(url, name) ??
    { name, text: "", version: NO_VERSION };
  if (now.version !== seen) return { isWritten: false, now };
  // As it was: it may be one that is run.
  const { mode } = await Deno.stat(url).catch(() => ({ mode: null }));
  await writeWhole(url, text, mode === null ? {} : { mode });
  return { isWritten: true, version: await versionOf(text) };
}

async function readFile(
  url: URL,
  name: string,
): Promise<AnswerFile | undefined> {
  try {
    const { isFile, size } = await Deno.stat(url);
    if (!isFile || size > 4 * MOST_TEXT) return undefined;
    const bytes = await Deno.readFile(url);
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
    if (text.length > MOST_TEXT) return undefined;
    return { name, text, version: await versionOf(text) };
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof TypeError; // it is no text
    if (isNone) return undefined;
    throw error;
  }
}

async function versionOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toHex().slice(0, 32);
}
