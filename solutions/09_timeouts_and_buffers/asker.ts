/**
 * Asking, with a time for each answer, and again where that helps.
 *
 * @module
 */
import { type Address, formatAddress } from "@lessons/program.ts";
import {
  connectWithin,
  DeadlineError,
  within,
} from "@lessons/09_timeouts_and_buffers/deadline.ts";
import { pauses } from "@lessons/09_timeouts_and_buffers/pauses.ts";
import { Link, LostError } from "./link.ts";

/** Before the second try it pauses so long at most, in milliseconds, and twice as long before each further one. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** A request has no answer. The next one may get one. */
export class NoAnswerError extends Error {
  /** `NoAnswerError`. */
  override name = "NoAnswerError";
}

/** How much is done for an answer. */
export interface Effort {
  /** The time for an answer, with all that it takes, in milliseconds. */
  readonly timeout: number;
  /** How often a request is tried at most. */
  readonly tries: number;
  /** How often the server is pinged while it works, in milliseconds; 0 for never. */
  readonly heartbeat: number;
}

/** Asks one request after another, over one connection after another where need be. */
export class Asker {
  #link: Link | undefined;

  /** An asker that has not connected. */
  constructor(readonly address: Address, readonly effort: Effort) {}

  /** Gets the answer to a line. @throws {NoAnswerError} Where there is none. */
  async ask(number: number, line: string): Promise<string> {
    const { timeout, tries } = this.effort;
    const deadline = performance.now() + timeout;
    const left = () => Math.max(0, deadline - performance.now());
    const fail = (how: string) =>
      new NoAnswerError(
        `no answer to line ${number} from ${
          formatAddress(this.address)
        } ${how}`,
      );

    const pause = pauses({
      first: FIRST_PAUSE_MS,
      most: LONGEST_PAUSE_MS,
      jitter: 0.5,
    });
    for (let count = 1;; count++) {
      try {
        return checked(number, await this.#try(number, line, left));
      } catch (error) {
        // It may have been done, though nobody has said so: it is not sent again.
        if (error instanceof DeadlineError) throw fail(`within ${timeout} ms`);
        if (!isPassing(error)) throw error;
        this.close();
      }
      if (count === tries) throw fail(`after ${tries} tries`);
      const ms = pause.next().value;
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, left())));
      if (left() === 0) throw fail(`within ${timeout} ms`);
    }
  }

  /** One try, in the time that is left. */
  async #try(
    number: number,
    line: string,
    left: () => number,
  ): Promise<string> {
    this.#link ??= new Link(
      await connectWithin(left(), this.address),
      this.effort.heartbeat,
    );
    const held = { close: () => this.close() };
    return await within(left(), "answer", held, this.#link.ask(number, line));
  }

  /** Closes the connection, if there is one: what is not answered by now is answered to nobody, and the next request gets another. */
  close(): void {
    this.#link?.close();
    this.#link = undefined;
  }
}

/** Whether another try may do better. */
function isPassing(error: unknown): boolean {
  const { ConnectionRefused, ConnectionReset } = Deno.errors;
  return error instanceof LostError || error instanceof ConnectionRefused ||
    error instanceof ConnectionReset;
}

/** An answer, where it is one. @throws {NoAnswerError} With the server's reason where it is none. */
function checked(number: number, answer: string): string {
  if (!answer.startsWith("error: ")) return answer;
  throw new NoAnswerError(`line ${number}: ${answer.slice("error: ".length)}`);
}
