/**
 * What waits to be written to one client, up to a limit.
 *
 * @module
 */
import { writeAll, type Writer } from "@lessons/06_struct_framing/write_all.ts";

/**
 * A queue in front of a connection.
 *
 * Putting something in never waits, so whoever does it is held up by nobody.
 * The queue writes by itself, one batch after another: a second write never
 * begins inside the first. Once a write has failed, it forgets what it gets:
 * who reads from that connection learns why.
 */
export class Outbox {
  readonly #writer: Writer;
  readonly #most: number;
  /** What waits behind the batch that is being written. */
  #waiting: Uint8Array[] = [];
  /** How many bytes wait, with those that are being written. */
  #size = 0;
  #isBroken = false;
  #writing: Promise<void> | undefined;

  /**
   * An empty queue.
   *
   * @param most How many bytes it holds.
   */
  constructor(writer: Writer, most: number) {
    this.#writer = writer;
    this.#most = most;
  }

  /**
   * Puts bytes at the end of the queue, and does not wait.
   *
   * @returns Whether there was room for them. Where there was not, none of them are in it.
   */
  put(bytes: Uint8Array): boolean {
    if (this.#isBroken) return true;
    if (this.#size + bytes.length > this.#most) return false;
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    this.#writing ??= this.#write();
    return true;
  }

  /** Settles when all that was put in is written, or cannot be. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = concat(this.#waiting.splice(0));
        await writeAll(this.#writer, batch);
        this.#size -= batch.length;
      }
    } catch {
      this.#isBroken = true;
      this.#waiting = [];
    } finally {
      this.#writing = undefined;
    }
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
