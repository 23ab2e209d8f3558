/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/**
 * What is not saved yet: kept in the browser, so that a page that is loaded
 * again, or closed, loses no keystroke.
 *
 * @module
 */

/** A text that is not saved. */
export interface Draft {
  /** The text. */
  readonly text: string;
  /** The version of the file that it was made from. */
  readonly seen: string;
}

/** How long after a key it is kept, in milliseconds. */
const SOON_MS = 200;

/** The drafts of an answer. */
export class Drafts {
  readonly #folder: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The drafts of this folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The draft of a file. */
  read(name: string): Draft | undefined {
    const text = localStorage.getItem(this.#key(name));
    return text === null ? undefined : JSON.parse(text);
  }

  /** Keeps one. */
  keep(name: string, draft: Draft): void {
    localStorage.setItem(this.#key(name), JSON.stringify(draft));
  }

  /** Does it soon, once for many keys. */
  keepSoon(keep: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      keep();
    }, SOON_MS);
  }

  /** Forgets one: it is saved. */
  forget(name: string): void {
    localStorage.removeItem(this.#key(name));
  }

  #key(name: string): string {
    return `course-draft ${this.#folder}/${name}`;
  }
}
