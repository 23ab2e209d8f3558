/**
 * A folder for programs that touch files: new and empty, but for the files
 * that it is given, and gone when it is done with.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "./file_url.ts";
import { makeFolder, removeFolder } from "./reaper.ts";

/** A temporary folder. */
export class WorkingFolder implements Disposable {
  private constructor(
    /** Where it is, without links in the path. */
    readonly path: string,
  ) {}

  /**
   * Makes one.
   *
   * @param files Files of the course, by their paths in it: it holds copies of them under the same paths.
   */
  static make(files: readonly string[] = []): WorkingFolder {
    const path = makeFolder("course_files_");
    for (const file of files) {
      const folder = file.slice(0, file.lastIndexOf("/") + 1);
      Deno.mkdirSync(`${path}/${folder}`, { recursive: true });
      Deno.copyFileSync(fromFileUrl(new URL(file, root)), `${path}/${file}`);
    }
    return new WorkingFolder(path);
  }

  /** Removes it and what is in it. Programs that run in it must have ended. */
  [Symbol.dispose](): void {
    removeFolder(this.path);
  }
}
