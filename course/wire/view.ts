/**
 * A run as people look at it: on a terminal, as a picture, as a viewer.
 *
 * @module
 */
import { stripAnsiCode } from "@std/fmt/colors";
import { UserError } from "../user/error.ts";
import { joinRecordings } from "./join.ts";
import { type Layout, layOut, WIDTH } from "./ladder.ts";
import type { Recording } from "./recording.ts";
import type { Order, Story } from "./story.ts";
import { paintSvg } from "./svg.ts";
import { paintTerminal } from "./terminal.ts";

/** The faces of one run, each painted when somebody looks at it. */
export class View {
  readonly #title: string;
  readonly #story: Story;
  readonly #how: Layout;

  /** The view of a story. @param title What its picture is called. */
  constructor(title: string, story: Story, how: Layout) {
    this.#title = title;
    this.#story = story;
    this.#how = how;
  }

  /** For the terminal. */
  get text(): string {
    return paintTerminal(layOut(this.#story, this.#how));
  }

  /** As one SVG file, the same whatever terminal somebody sits at. */
  get svg(): string {
    const ladder = layOut(this.#story, { ...this.#how, width: WIDTH });
    const description = stripAnsiCode(paintTerminal(ladder));
    return paintSvg(ladder, { title: this.#title, description });
  }

  /** Paints it as one HTML page. */
  async viewer(): Promise<string> {
    const { paintViewer } = await import("./viewer.ts");
    const { viewerRun } = await import("./viewer_data.ts");
    const run = viewerRun(this.#story);
    const heads = { ...run.heads, ...this.#how.heads };
    return await paintViewer(this.#title, { ...run, heads });
  }
}

/**
 * Draws recordings.
 *
 * @param title What the picture is called.
 * @throws {UserError} Where there are none.
 */
export function draw(
  recordings: readonly Recording[],
  title: string,
  how: Layout = {},
  order: Order = "clock",
): View {
  if (recordings.length === 0) throw new UserError("nothing was recorded", 1);
  return new View(title, joinRecordings(recordings, order), how);
}
