/**
 * Wire views in files: recordings to keep and to show again, and pictures.
 *
 * @module
 */
import { stripAnsiCode } from "@std/fmt/colors";
import { UserError } from "../user/error.ts";
import { MOST_FILE } from "./event.ts";
import { readRecordings } from "./read.ts";
import { joinRecordings } from "./join.ts";
import type { Order } from "./story.ts";
import { type Layout, layOut } from "./ladder.ts";
import { paintSvg } from "./svg.ts";
import { paintTerminal } from "./terminal.ts";

/** The faces of one run. */
export interface View {
  /** For the terminal. */
  readonly text: string;
  /** As one SVG file. */
  readonly svg: string;
}

/** A view, and the face that is painted only where somebody wants it. */
export interface WholeView extends View {
  /** Paints it as one HTML page. */
  readonly page: () => Promise<string>;
}

/**
 * Draws recordings.
 *
 * @param jsonl One or more recordings.
 * @param title What the picture is called.
 * @throws {UserError} Where there is none in it.
 */
export function draw(
  jsonl: string,
  title: string,
  how: Layout = {},
  order: Order = "clock",
): WholeView {
  const recordings = readRecordings(jsonl);
  if (recordings.length === 0) throw new UserError("nothing was recorded", 1);
  const story = joinRecordings(recordings, order);
  const ladder = layOut(story, how);
  const text = paintTerminal(ladder);
  const description = stripAnsiCode(text);
  return {
    text,
    svg: paintSvg(ladder, { title, description }),
    page: async () => {
      const { paintPage } = await import("./page.ts");
      const { pageRun } = await import("./page_data.ts");
      return await paintPage(title, pageRun(story));
    },
  };
}

/** Keeps a run: as a recording, a picture or a page, by the file's ending. @throws {UserError} Where it cannot be written. */
export async function save(
  file: string,
  jsonl: string,
  { svg, page }: WholeView,
): Promise<void> {
  const text = file.endsWith(".svg")
    ? svg
    : file.endsWith(".html")
    ? await page()
    : jsonl;
  try {
    await Deno.writeTextFile(file, text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${reason(error)}`, 1);
  }
}

/** Reads a file of recordings. @throws {UserError} Where it cannot be read, is none, or is too large. */
export async function readRecordingFile(file: string): Promise<string> {
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
  if (readRecordings(text).length === 0) {
    throw new UserError(`${file} is not a recording of the wire view`, 1);
  }
  return text;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "no such file or folder";
  return error instanceof Error ? error.message : String(error);
}
