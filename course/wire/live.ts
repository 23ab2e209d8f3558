/**
 * A ladder that grows while the programs run.
 *
 * @module
 */
import { joinRecordings } from "./join.ts";
import type { Step, Story } from "./story.ts";
import { type Layout, layOut, MOST_ROWS } from "./ladder.ts";
import type { Recording } from "./recording.ts";
import { paintFoot, paintHeads, paintLine } from "./terminal.ts";

/** How long to wait until no other program can tell of something earlier, in milliseconds. */
const SETTLED_MS = 100;

/** How long a write is waited for to be read before it is shown without, in milliseconds. */
const READ_MS = 1000;

/** How many steps are shown as they come; a longer story is summed up at its end. */
const MOST_STEPS = Math.floor(MOST_ROWS / 2);

/**
 * Prints the rows of a run as soon as they are certain: in their place, and
 * with what became of them.
 */
export class LiveLadder {
  #hasHeads = false;
  #rows = 0;

  /**
   * A ladder of which nothing is printed yet.
   *
   * @param print Takes one line of the terminal's face.
   * @param how How it is laid out.
   */
  constructor(
    readonly print: (line: string) => void,
    readonly how: Layout = {},
  ) {}

  /**
   * Prints what is new.
   *
   * @param read Gives the recordings so far; not called where nothing more is shown before the end.
   * @param now Milliseconds since 1970.
   */
  update(read: () => Recording[], now: number = Date.now()): void {
    if (this.#rows >= MOST_STEPS) return;
    const recordings = read();
    if (recordings.length < 2) return; // both sides have to be known for the heads
    const story = joinRecordings(recordings);
    const steps = story.steps.filter((step) => !isOpenEnd(step));
    const soFar = { ...story, steps };
    this.#show(soFar, Math.min(settledSteps(soFar, now), MOST_STEPS));
  }

  /** Prints the rest, and the foot. @param recordings Completed. */
  end(recordings: readonly Recording[]): void {
    if (recordings.length === 0) return;
    const story = joinRecordings(recordings);
    this.#show(story, story.steps.length);
    for (const line of paintFoot(layOut(story, this.how))) this.print(line);
  }

  #show(story: Story, steps: number): void {
    const ladder = layOut(story, this.how);
    if (!this.#hasHeads) this.print(paintHeads(ladder));
    this.#hasHeads = true;
    const isOver = steps === story.steps.length;
    const rows = isOver
      ? ladder.rows
      : layOut({ ...story, steps: story.steps.slice(0, steps) }, this.how).rows;
    for (const row of rows.slice(this.#rows)) {
      this.print(paintLine(row, ladder));
    }
    this.#rows = Math.max(this.#rows, rows.length);
  }
}

/** Whether a step only says that the recording ends here: while a program runs, it does not. */
export function isOpenEnd(step: Step): boolean {
  return step.kind === "end" && step.code === undefined;
}

/** How many steps from the beginning will stay as they are. @param now Milliseconds since 1970. */
export function settledSteps({ steps }: Story, now: number): number {
  const isSettled = (step: Step) => {
    const age = now - step.at;
    if (age < SETTLED_MS) return false;
    const isWaiting = "fate" in step && step.fate !== "arrived" && !step.error;
    return !isWaiting || age >= READ_MS;
  };
  const first = steps.findIndex((step) => !isSettled(step));
  return first === -1 ? steps.length : first;
}
