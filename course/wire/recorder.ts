/**
 * Records programs from outside: the flags that load the tap, the files that
 * it writes, and what only the one who started the program knows.
 *
 * @module
 */
import type { Exit as ProgramExit } from "../../kit/program.ts";
import type { Framing } from "@lessons/catalogue.ts";
import { MOST_PRINTED, type Side, type Typed } from "./recording.ts";
import { readRecordings } from "./read.ts";

const TAP = new URL("tap.ts", import.meta.url);

/** How many lines that the tap did not see are added to a recording. */
const MOST_ADDED = 1000;

/** One program's recording. */
export interface Recorded {
  /** Which rail it stands at. */
  readonly side: Side;
  /** What the view calls it. */
  readonly name: string;
  /** What its bytes are, where they are frames. */
  readonly frames?: Framing;
  /** What the tap wrote; the empty text where the program never began. */
  readonly text: string;
}

/** How programs are recorded. */
export interface TapOptions {
  /** What the bytes of the programs are, where they are frames. */
  readonly frames?: Framing | undefined;
  /** Whether it is told which moment follows which. */
  readonly hasCauses?: boolean | undefined;
}

/** A folder for recordings, gone when they have been read. */
export class Recorder implements Disposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "course_wire_" });
  readonly #programs: Omit<Recorded, "text">[] = [];

  /** No recordings yet. */
  constructor(readonly how: TapOptions = {}) {}

  /** The flags with which a program is recorded. @param name What the view calls it. */
  flags(side: Side, name: string): string[] {
    const { frames } = this.how;
    this.#programs.push({ side, name, ...(frames ? { frames } : {}) });
    return tapFlags(this.#file(this.#programs.length), side, name, this.how);
  }

  /** The recordings so far, in the order of {@linkcode flags}. */
  read(): Recorded[] {
    return this.#programs.map((program, i) => {
      try {
        return { ...program, text: Deno.readTextFileSync(this.#file(i + 1)) };
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) {
          return { ...program, text: "" };
        }
        throw error;
      }
    });
  }

  #file(number: number): string {
    return `${this.#folder}/${number}.jsonl`;
  }

  /** Removes the folder. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }
}

/** The flags with which Deno loads the tap before a program. */
export function tapFlags(
  file: string,
  side: Side,
  name: string,
  { frames, hasCauses }: TapOptions = {},
): string[] {
  const parameters = new URLSearchParams({ out: file, side, name });
  if (frames) parameters.set("frames", frames);
  if (hasCauses) parameters.set("causes", "");
  return [
    `--preload=${TAP.href}?${parameters}`,
    `--allow-write=${file}`,
  ];
}

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
 * @param program As the tap left it.
 * @param now When the program had ended, in milliseconds since 1970.
 */
export function completeRecording(
  { side, name, frames, text }: Recorded,
  { stdout, stderr, exit, typed }: Witness,
  now: number = Date.now(),
): string {
  // A program that never began has said why on stderr.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1) ||
    `${
      JSON.stringify({
        type: "program",
        version: 1,
        side,
        name,
        frames,
        origin: now,
      })
    }\n`;
  const [recording] = readRecordings(whole);
  if (!recording) return "";
  const lines = whole.trimEnd().split("\n");
  const at = Math.max(0, now - recording.origin);
  const last = lines.findIndex((line) => line.startsWith('{"type":"exit"'));
  const ending = last === -1 ? [] : lines.splice(last);

  for (const [stream, printed] of Object.entries({ stdout, stderr })) {
    const seen = recording.moments.flatMap((moment) =>
      moment.type === "print" && moment.stream === stream ? [moment.text] : []
    );
    // Past the limit the tap only counts, and so does this.
    const added = recording.skipped.calls > 0 ? [] : unseen(printed, seen);
    for (const text of added.slice(0, MOST_ADDED)) {
      lines.push(JSON.stringify({ type: "print", at, stream, text }));
    }
  }
  if (ending.length === 0 && exit) {
    const { code, signal } = exit;
    ending.push(JSON.stringify({ type: "exit", at, code, signal }));
  }
  return addTyped(
    [...lines, ...ending].map((line) => `${line}\n`).join(""),
    typed,
  );
}

/** Puts what was typed to a program into its recording, whole or so far. */
export function addTyped(
  text: string,
  typed: readonly Omit<Typed, "type">[] = [],
): string {
  const [recording] = readRecordings(text);
  if (!recording || typed.length === 0) return text;
  const lines = text.trimEnd().split("\n");
  const timeOf = (line = "") => Number(/"at":([\d.]+)/.exec(line)?.[1] ?? 0);
  // Nobody listens to the keyboard before the first call has returned.
  const first = lines.find((line) => /^{"type":"(done|failed)"/.test(line));
  for (const { at, text, isAfterOthers, cue } of typed) {
    const when = Math.max(at - recording.origin, timeOf(first));
    const isEnd = (line: string) => line.startsWith('{"type":"exit"');
    // The clocks disagree: what was typed on a cue was typed before the end, whatever they say.
    const later = lines.findIndex((line) =>
      timeOf(line) > when || (cue !== undefined && isEnd(line))
    );
    const line = { type: "typed", at: when, text, isAfterOthers, cue };
    lines.splice(later === -1 ? lines.length : later, 0, JSON.stringify(line));
  }
  return lines.map((line) => `${line}\n`).join("");
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
