/**
 * Records programs from outside: the flags that load the tap, and the files
 * that it writes.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import { makeFolder, removeFolder } from "../../kit/reaper.ts";
import { readRecordings } from "./read.ts";
import type { Recording, Side } from "./recording.ts";

const TAP = new URL("tap.ts", import.meta.url);

/** A program, and what is recorded of it. */
export interface Recorded extends Pick<Recording, "side" | "name" | "frames"> {
  /** What the tap wrote; absent where the program never began. */
  readonly recording?: Recording;
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
  readonly #folder = makeFolder("course_wire_");
  readonly #programs: Recorded[] = [];

  /** No recordings yet. */
  constructor(readonly how: TapOptions = {}) {}

  /** The flags with which a program is recorded. @param name What the view calls it. */
  flags(side: Side, name: string): string[] {
    const { frames } = this.how;
    this.#programs.push({ side, name, ...(frames ? { frames } : {}) });
    return tapFlags(this.#file(this.#programs.length), side, name, this.how);
  }

  /** The programs and what is recorded of them so far, in the order of {@linkcode flags}. */
  read(): Recorded[] {
    return this.#programs.map((program, i) => {
      const [recording] = readRecordings(this.#readFile(i + 1));
      return { ...program, ...(recording ? { recording } : {}) };
    });
  }

  /** The recordings so far, of the programs that have begun. */
  recordings(): Recording[] {
    return this.read().flatMap(({ recording }) => recording ?? []);
  }

  #readFile(number: number): string {
    try {
      return Deno.readTextFileSync(this.#file(number));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    }
  }

  #file(number: number): string {
    return `${this.#folder}/${number}.jsonl`;
  }

  /** Removes the folder. */
  [Symbol.dispose](): void {
    removeFolder(this.#folder);
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
