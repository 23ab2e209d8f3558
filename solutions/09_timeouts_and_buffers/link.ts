/**
 * A connection over which requests are asked one after another, and whose death
 * is noticed.
 *
 * @module
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

/** The longest answer that is taken, in bytes: capitals may take more than what they are made of. */
const LONGEST = 256 * 1024;

/** So many pings in a row without a pong are taken for death. */
const MOST_UNANSWERED = 3;

/** The connection is gone, or as good as gone. */
export class LostError extends Error {
  /** `LostError`. */
  override name = "LostError";
}

/** A connection to the server. */
export class Link {
  readonly #conn: Deno.Conn;
  readonly #heartbeat: number;
  readonly #lines: AsyncGenerator<string>;
  #isOpen = true;

  /**
   * Takes a connection over.
   *
   * @param heartbeat How often it pings while it waits, in milliseconds; 0 for never.
   */
  constructor(conn: Deno.Conn, heartbeat = 0) {
    this.#conn = conn;
    this.#heartbeat = heartbeat;
    this.#lines = readLines(conn, LONGEST);
  }

  /**
   * Sends a request and waits for its answer. Those of former requests are thrown away.
   *
   * @returns What stands behind the id.
   * @throws {LostError} Where the connection ends before, or is closed.
   */
  async ask(id: number, request: string): Promise<string> {
    let unanswered = 0;
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      await this.#say(`${id} ${request}`);
      if (this.#heartbeat > 0) {
        timer = setInterval(() => {
          if (unanswered++ === MOST_UNANSWERED) return this.close();
          this.#say("ping").catch(() => {}); // who reads learns it, too
        }, this.#heartbeat);
      }
      while (true) {
        const { value: line, done } = await this.#lines.next();
        if (done) throw new LostError("the stream has ended");
        if (line === "pong") unanswered = 0;
        if (line.startsWith(`${id} `)) return line.slice(`${id} `.length);
      }
    } catch (error) {
      throw isLoss(error) ? new LostError("it broke off") : error;
    } finally {
      clearInterval(timer);
    }
  }

  /** Closes the connection; a second call does nothing. */
  close(): void {
    if (this.#isOpen) this.#conn.close();
    this.#isOpen = false;
  }

  async #say(line: string): Promise<void> {
    await writeAll(this.#conn, new TextEncoder().encode(`${line}\n`));
  }
}

/** Whether an error means that a connection is gone, from either end. */
function isLoss(error: unknown): boolean {
  const { BadResource, BrokenPipe, ConnectionReset, Interrupted } = Deno.errors;
  return [BadResource, BrokenPipe, ConnectionReset, Interrupted]
    .some((one) => error instanceof one);
}
