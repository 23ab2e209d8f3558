/**
 * What only the one who started a program knows of it, and no tap.
 *
 * @module
 */
import type { Exit as ProgramExit } from "../../kit/program.ts";
import type { Recorded } from "./recorder.ts";
import {
  type Moment,
  MOST_PRINTED,
  type Print,
  type Recording,
  type Typed,
} from "./recording.ts";

/** How many lines that the tap did not see are added to a recording. */
const MOST_ADDED = 1000;

/** What is known of a program outside of its recording. */
export interface Witness {
  /** All that it printed. */
  readonly stdout: string;
  /** All that it wrote on stderr. */
  readonly stderr: string;
  /** How it ended. */
  readonly exit: ProgramExit | undefined;
  /** What was typed to it, in order. */
  readonly typed?: readonly Omit<Typed, "type">[];
}

/**
 * Completes a recording: what the program printed past the tap (an uncaught
 * error's lines, for one), and how it ended where it could not say so itself.
 *
 * @param now When the program had ended, in milliseconds since 1970.
 */
export function completeRecording(
  { recording, ...program }: Recorded,
  { stdout, stderr, exit, typed }: Witness,
  now: number = Date.now(),
): Recording {
  // A program that never began has said why on stderr.
  const { moments, skipped, ...rest } = recording ??
    { ...program, origin: now, moments: [], skipped: { calls: 0, bytes: 0 } };
  const at = Math.max(rest.origin, now);
  const ending = moments.filter(({ type }) => type === "exit");
  const whole = moments.filter(({ type }) => type !== "exit");
  for (const stream of ["stdout", "stderr"] as const) {
    const seen = linesOf(
      moments.flatMap((moment) =>
        moment.type === "print" && moment.stream === stream ? [moment] : []
      ),
    );
    // Past the limit the tap only counts, and so does this.
    const printed = stream === "stdout" ? stdout : stderr;
    const added = skipped.calls > 0 ? [] : unseen(printed, seen);
    for (const text of added.slice(0, MOST_ADDED)) {
      whole.push({ type: "print", at, stream, text });
    }
  }
  if (ending.length === 0 && exit) {
    const { code, signal } = exit;
    ending.push({ type: "exit", at, code, signal });
  }
  return addTyped({ ...rest, moments: [...whole, ...ending], skipped }, typed);
}

/** A recording, whole or so far, with what was typed to its program. */
export function addTyped(
  recording: Recording,
  typed: Witness["typed"] = [],
): Recording {
  const moments = [...recording.moments];
  // Nobody listens to the keyboard before the first call has returned.
  const first = moments.find(({ type }) => type === "end");
  for (const { at: typedAt, text, isAfterOthers, cue } of typed) {
    const at = Math.max(typedAt, first?.at ?? recording.origin);
    // The clocks disagree: what was typed on a cue was typed before the end, whatever they say.
    const isLater = (moment: Moment) =>
      moment.at > at || (cue !== undefined && moment.type === "exit");
    const later = moments.findIndex(isLater);
    moments.splice(later === -1 ? moments.length : later, 0, {
      ...{ type: "typed", at, text, isAfterOthers },
      ...(cue === undefined ? {} : { cue }),
    });
  }
  return { ...recording, moments };
}

/** The lines that prints make, those that were printed in pieces put together. */
function linesOf(prints: readonly Print[]): string[] {
  const lines: string[] = [];
  let begun = "";
  for (const { text, isOpen } of prints) {
    begun += text;
    if (isOpen) continue;
    lines.push(begun);
    begun = "";
  }
  return begun === "" ? lines : [...lines, begun];
}

/** The lines of a text that are not among others. */
function unseen(printed: string, seen: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of seen) counts.set(line, (counts.get(line) ?? 0) + 1);
  const lines = printed.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.slice(0, MOST_PRINTED)).filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
