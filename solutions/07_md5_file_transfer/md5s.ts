/**
 * MD5s of files that have not changed since they were read.
 *
 * A `get` is cheap to ask for and dear to answer: the file is read twice, the
 * first time for its MD5. Who asks for the largest file a hundred times is
 * given what was found the first time.
 *
 * @module
 */
import type { Opened } from "@lessons/07_md5_file_transfer/open_to_read.ts";
import { md5Of } from "@lessons/07_md5_file_transfer/send_file.ts";

/**
 * How long ago a file must have changed last, in milliseconds. A clock has a
 * grain: who changes a file twice within it leaves no trace of the second time.
 */
const SETTLED_MS = 2000;

/** The most that are remembered; with more of them all are forgotten. */
const MOST = 1000;

/** MD5s, by the states of files. */
export class Md5s {
  readonly #known = new Map<string, string>();
  readonly #now: () => number;

  /** None so far. @param now Tells the time, in milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The MD5 of a file, which is read only where that is not known. */
  async of(opened: Opened): Promise<string> {
    const { stamp, changed } = opened;
    const known = this.#known.get(stamp);
    if (known !== undefined) return known;
    const isSettled = this.#now() - changed > SETTLED_MS;
    const md5 = await md5Of(opened);
    if (isSettled && !await hasChanged(opened)) {
      if (this.#known.size >= MOST) this.#known.clear();
      this.#known.set(stamp, md5);
    }
    return md5;
  }
}

/** Whether somebody has written to the file while it was read. */
async function hasChanged({ handle, changed }: Opened): Promise<boolean> {
  const { mtimeMs, ctimeMs } = await handle.stat();
  return Math.max(mtimeMs, ctimeMs) !== changed;
}
