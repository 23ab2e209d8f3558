/**
 * A line on the terminal that tells how far a transfer is.
 *
 * @module
 */

/** How often the line is written anew, at most, in milliseconds. */
const PAUSE_MS = 100;

/** How wide the line is, at most: one less than a terminal's 80, because some go to the next line when the last column is full. */
const WIDTH = 79;

const MIB = 1024 * 1024;

/** What {@linkcode Progress} writes to and measures with; without it, stderr and the system's clock. */
export interface ProgressOptions {
  /** Whether somebody looks. */
  readonly isTerminal?: boolean;
  /** Takes the text. */
  readonly write?: (text: string) => void;
  /** The time in milliseconds. */
  readonly now?: () => number;
}

/** How far a transfer is, on one line, where stderr is a terminal. Where it is not, nothing is written. */
export class Progress implements Disposable {
  readonly #total: number;
  readonly #isTerminal: boolean;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #start: number;
  #written = -Infinity;
  #done = 0;

  /** The progress of a transfer that starts now. @param total How many bytes it has. */
  constructor(total: number, options: ProgressOptions = {}) {
    this.#total = total;
    this.#isTerminal = options.isTerminal ?? Deno.stderr.isTerminal();
    this.#write = options.write ??
      ((text) => Deno.stderr.writeSync(new TextEncoder().encode(text)));
    this.#now = options.now ?? (() => performance.now());
    this.#start = this.#now();
  }

  /** So many more bytes are done. */
  add(count: number): void {
    this.#done += count;
    if (!this.#isTerminal) return;
    const now = this.#now();
    if (now - this.#written < PAUSE_MS) return; // people read no faster, and writing takes time
    this.#written = now;
    this.#show();
  }

  /** Writes the line a last time, and goes to the next. */
  [Symbol.dispose](): void {
    if (!this.#isTerminal) return;
    this.#show();
    this.#write("\n");
  }

  #show(): void {
    const seconds = (this.#now() - this.#start) / 1000;
    const line = progressLine(this.#done, this.#total, seconds);
    this.#write(`\r${line.padEnd(WIDTH)}`);
  }
}

/**
 * The line: percentage, bar, bytes, rate, time left.
 *
 * @param done Bytes so far.
 * @param total Bytes in all.
 * @param seconds The time so far.
 * @returns At most 79 characters.
 */
export function progressLine(
  done: number,
  total: number,
  seconds: number,
): string {
  const part = total === 0 ? 1 : done / total;
  const rate = seconds > 0 ? done / seconds : 0;
  const bar = "#".repeat(Math.floor(part * 20)).padEnd(20, ".");
  const left = rate > 0 ? timeOf((total - done) / rate) : "-";
  return [
    `${String(Math.floor(part * 100)).padStart(3)} %`,
    `[${bar}]`,
    `${(done / MIB).toFixed(1)} of ${(total / MIB).toFixed(1)} MiB`,
    `${(rate / MIB).toFixed(1)} MiB/s`,
    `${left} left`,
  ].join("  ").slice(0, WIDTH);
}

/** `7 s`, `1 min 5 s`, `2 h 3 min`. */
function timeOf(seconds: number): string {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min`;
}
