/**
 * Hears when an answer's files change, whatever happens to their folder: it
 * may be renamed away, removed, made anew or replaced by a link, and so may
 * `answers/` around it.
 *
 * A system watches the folder that it was shown, and not the place where that
 * was. So the folders above are watched too. When one of them tells of a folder
 * that came or went, all are watched anew, and the files are compared with what
 * they were: what happened in between is found.
 *
 * Linux's inotify was tried for this. On macOS and Windows it relies on less:
 * a folder that is there when it is shown is watched. What a system does not
 * tell, and what none can (where a link leads was replaced), is seen by a look
 * every two seconds. A look asks for the numbers of some ten files, which takes
 * a third of a millisecond.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { answerFolder, root } from "@lessons/places.ts";
import { fromFileUrl } from "../kit/file_url.ts";

/** How long a save may take to write all its files, in milliseconds. */
const SAVE_MS = 20;

/** How often it looks without having been told of anything, in milliseconds. */
const LOOK_MS = 2_000;

/** What the files of programs are called, in any language; what editors and interpreters put beside them has other names. */
const SOURCE = /^[^.#][^~]*\.(?!(?:pyc|swp|swx|tmp|bak)$)\w+$/;

/** Watches one answer. */
export class AnswerWatch implements AsyncDisposable {
  /** The folder of the answer, and those above it. */
  readonly #folders: readonly string[];
  readonly #onSaved: (files: readonly string[]) => void;
  readonly #looking: ReturnType<typeof setInterval>;
  #watcher: Deno.FsWatcher | undefined;
  #listening = Promise.resolve();
  /** Which folders are watched. */
  #watched = "";
  /** Whether one has come or gone since. */
  #isStale = false;
  /** What the files were when they were looked at last, by their names. */
  #files = new Map<string, string>();
  /** The files of which something was told since. */
  readonly #saved = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  private constructor(
    lesson: Lesson,
    onSaved: (files: readonly string[]) => void,
  ) {
    this.#folders = [answerFolder(lesson.name), new URL("answers/", root), root]
      .map((folder) => fromFileUrl(folder).slice(0, -1));
    this.#onSaved = onSaved;
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Begins to watch. @param onSaved Hears the names of the programs that were changed or made, or have gone. */
  static async open(
    lesson: Lesson,
    onSaved: (files: readonly string[]) => void,
  ): Promise<AnswerWatch> {
    const watch = new AnswerWatch(lesson, onSaved);
    await watch.#watchAnew();
    watch.#files = watch.#readFiles();
    return watch;
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    clearTimeout(this.#timer);
    await this.#unwatch();
  }

  /** Watches the folders that are there. */
  async #watchAnew(): Promise<void> {
    do {
      await this.#unwatch();
      if (this.#isClosed) return;
      this.#isStale = false;
      this.#watched = this.#identify();
      const there = this.#folders.filter((folder) => identityOf(folder) !== "");
      try {
        this.#watcher = Deno.watchFs(there, { recursive: false });
        this.#listening = this.#listen(this.#watcher);
      } catch {
        // One has just gone, or the system watches no more of them: then the looks remain.
      }
    } while (this.#identify() !== this.#watched);
  }

  /** Deno lets go of a folder when the loop over its events has ended, and before that cannot watch a new one in its place. */
  async #unwatch(): Promise<void> {
    this.#watcher?.close();
    this.#watcher = undefined;
    await this.#listening;
  }

  async #listen(watcher: Deno.FsWatcher): Promise<void> {
    // The names by which an event may call them: a system may say where links lead.
    const [own = [], above = []] = this.#folders.map((folder) => [
      nameOf(folder),
      nameOf(realPathOf(folder)),
    ]);
    try {
      for await (const { kind, paths, flag } of watcher) {
        if (kind === "access") continue;
        for (const path of paths) {
          const [parent = "", name = ""] = path.split(/[/\\]/).slice(-2);
          if (own.includes(name) || above.includes(name)) {
            this.#isStale ||= kind !== "modify"; // that is its time, or who may use it
          } else if (SOURCE.test(name) && own.includes(parent)) {
            this.#saved.add(name);
          }
        }
        const isLossy = flag === "rescan";
        if (this.#isStale || isLossy || this.#saved.size > 0) this.#tellSoon();
      }
    } catch {
      this.#isStale = true; // the system watches no longer: the next look begins anew
    }
  }

  /** Looks whether something has changed of which nothing was told. */
  #look(): void {
    const files = this.#readFiles();
    const isSame = !this.#isStale && this.#identify() === this.#watched &&
      changed(this.#files, files).length === 0;
    if (!isSame) this.#tellSoon();
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), SAVE_MS);
  }

  async #tell(): Promise<void> {
    if (this.#isStale || this.#identify() !== this.#watched) {
      await this.#watchAnew();
    }
    if (this.#isClosed) return;
    this.#timer = undefined;
    const files = this.#readFiles();
    for (const name of changed(this.#files, files)) this.#saved.add(name);
    this.#files = files;
    const saved = [...this.#saved].sort();
    this.#saved.clear();
    if (saved.length > 0) this.#onSaved(saved);
  }

  /** Which folders there are now. */
  #identify(): string {
    return this.#folders.map(identityOf).join();
  }

  /** What the answer's programs are now. */
  #readFiles(): Map<string, string> {
    const [folder = ""] = this.#folders;
    const files = new Map<string, string>();
    try {
      for (const { name } of Deno.readDirSync(folder)) {
        if (!SOURCE.test(name)) continue;
        const { dev, ino, mtime, size } = Deno.statSync(`${folder}/${name}`);
        files.set(name, [dev, ino, mtime?.getTime(), size].join());
      }
    } catch { /* the rest is not there */ }
    return files;
  }
}

/** The names of what differs. */
function changed(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((name) => before.get(name) !== now.get(name));
}

/** What tells a folder from another in its place; the empty text where there is none. */
function identityOf(folder: string): string {
  try {
    const { dev, ino, isDirectory } = Deno.statSync(folder);
    return isDirectory ? `${dev}:${ino}` : "";
  } catch {
    return "";
  }
}

function realPathOf(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path;
  }
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? "";
}
