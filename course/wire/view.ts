/**
 * A run as people look at it: on a terminal, as a picture, as a viewer.
 *
 * @module
 */
import { stripAnsiCode } from "@std/fmt/colors";
import { UserError } from "../user/error.ts";
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
  readonly viewer: () => Promise<string>;
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
    viewer: async () => {
      const { paintViewer } = await import("./viewer.ts");
      const { viewerRun } = await import("./viewer_data.ts");
      return await paintViewer(title, viewerRun(story));
    },
  };
}
