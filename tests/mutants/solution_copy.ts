/**
 * A solution's folder, copied so that a file in it can be another.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { type Pair, pairIn, solutionFolder } from "@lessons/places.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

/** The files of a solution that its programs consist of: without pages and tests. */
export function solutionFiles(lesson: string): string[] {
  return [...Deno.readDirSync(solutionFolder(lesson))]
    .map(({ name }) => name)
    .filter((name) => /(?<!_test)\.ts$/.test(name)).sort();
}

/** The text of a solution's file. */
export async function readSolution(
  lesson: string,
  file: string,
): Promise<string> {
  return await Deno.readTextFile(new URL(file, solutionFolder(lesson)));
}

/** A copy of a solution, in which one file at a time is changed. */
export class SolutionCopy implements Disposable {
  /** The folder of the copy. */
  readonly folder: URL;
  readonly #place: WorkingFolder;
  /** The file that is changed, and its text in the solution. */
  #changed: { readonly file: string; readonly text: string } | undefined;

  /** Makes one. @param lesson The lesson's name. */
  constructor(lesson: string) {
    const path = `solutions/${lesson}`;
    this.#place = WorkingFolder.make(
      solutionFiles(lesson).map((file) => `${path}/${file}`),
    );
    this.folder = pathToFileURL(`${this.#place.path}/${path}/`);
  }

  /**
   * The programs with another text in one file; what was changed before is as
   * in the solution again.
   */
  async with(file: string, text: string): Promise<Pair> {
    if (this.#changed) {
      await this.#write(this.#changed.file, this.#changed.text);
    }
    this.#changed = { file, text: await this.#read(file) };
    await this.#write(file, text);
    return pairIn(this.folder);
  }

  /** Removes it. Its programs must have ended. */
  [Symbol.dispose](): void {
    this.#place[Symbol.dispose]();
  }

  async #read(file: string): Promise<string> {
    return await Deno.readTextFile(new URL(file, this.folder));
  }

  async #write(file: string, text: string): Promise<void> {
    await Deno.writeTextFile(new URL(file, this.folder), text);
  }
}
