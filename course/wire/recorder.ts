/**
 * Records programs from outside: the flags that load the tap, and the files
 * that it writes.
 *
 * @module
 */
import type { Framing } from "@lessons/catalogue.ts";
import { makeFolder, removeFolder } from "../../kit/reaper.ts";
import { type Network, writeNetwork } from "./network.ts";
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
  /** What the datagrams of the programs meet, where that is a bad network. */
  readonly network?: Network | undefined;
}

/** A folder for recordings, gone when they have been read. */
export class Recorder implements Disposable {
  readonly #folder = makeFolder("course_wire_");
  readonly #programs: (Recorded & { readonly isHere?: boolean })[] = [];

  /** No recordings yet. */
  constructor(readonly how: TapOptions = {}) {}

  /** The flags with which a program is recorded. @param name What the view calls it. */
  flags(side: Side, name: string): string[] {
    const { frames } = this.how;
    this.#programs.push({ side, name, ...(frames ? { frames } : {}) });
    return tapFlags(this.#file(this.#programs.length), side, name, this.how);
  }

  /**
   * Records this very process from now on: what it does with its sockets, and
   * not what it prints.
   */
  async recordHere(side: Side, name: string): Promise<void> {
    const { frames } = this.how;
    const isHere = true;
    this.#programs.push({ side, name, isHere, ...(frames ? { frames } : {}) });
    await import(
      tapUrl(this.#file(this.#programs.length), side, name, this.how)
    );
  }

  /**
   * A place for the recording of a program that cannot have the tap.
   *
   * @returns A recording with nothing in it, for whoever makes it.
   */
  place(side: Side, name: string): Recording {
    const { frames } = this.how;
    const recording: Recording = {
      ...{ side, name, ...(frames ? { frames } : {}), isRelayed: true },
      origin: performance.timeOrigin + performance.now(),
      moments: [],
      skipped: { calls: 0, bytes: 0 },
    };
    this.#programs.push({ ...recording, recording });
    return recording;
  }

  /** The programs and what is recorded of them so far, in the order in which they came. */
  read(): Recorded[] {
    return this.#programs.map((program, i) => {
      if (program.recording) return program;
      const { isHere, ...rest } = program;
      const [recording] = readRecordings(this.#readFile(i + 1));
      if (!recording) return rest;
      const moments = recording.moments.filter(({ type }) =>
        !isHere || type !== "print"
      );
      return { ...rest, recording: { ...recording, moments } };
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
  how: TapOptions = {},
): string[] {
  return [
    `--preload=${tapUrl(file, side, name, how)}`,
    `--allow-write=${file}`,
  ];
}

/** The tap, told what to record and where. */
function tapUrl(
  file: string,
  side: Side,
  name: string,
  { frames, hasCauses, network }: TapOptions,
): string {
  const parameters = new URLSearchParams({ out: file, side, name });
  if (frames) parameters.set("frames", frames);
  if (hasCauses) parameters.set("causes", "");
  if (network) parameters.set("network", writeNetwork(network));
  return `${TAP.href}?${parameters}`;
}
