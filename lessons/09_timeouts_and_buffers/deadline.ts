/**
 * Deadlines: what is waited for comes in time, or an error says for what and
 * for how long somebody has waited.
 *
 * @module
 */
import type { Address } from "@lessons/program.ts";

/** Something did not come in time. The other side can cause it, so it is no bug. */
export class DeadlineError extends Error {
  /** `DeadlineError`. */
  override name = "DeadlineError";
  /** For `explain()`: it is told on one line. */
  readonly isFromOutside = true;

  /**
   * An error about what did not come.
   *
   * @param what What was waited for: `answer`.
   * @param ms For how long, in milliseconds.
   */
  constructor(readonly what: string, readonly ms: number) {
    super(`no ${what} within ${ms} ms`);
  }
}

/** What can be closed: a connection, a listener, a file. */
export interface Closable {
  /** Closes it; what waits for it then fails. */
  close(): void;
}

/**
 * Waits for work on something that is open, and closes that when the time is up.
 *
 * A `read` that is merely not waited for any more goes on: it takes the next
 * bytes, and nobody gets them. Closing is the one way to end it. Whoever needs
 * the connection after that makes a new one.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { DeadlineError, within } from "./deadline.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * using client = await Deno.connect({ port: listener.addr.port });
 * using server = await listener.accept();
 *
 * await server.write(new Uint8Array([1, 2]));
 * const buffer = new Uint8Array(10);
 * assertEquals(await within(1000, "answer", client, client.read(buffer)), 2);
 * await assertRejects(
 *   () => within(20, "answer", client, client.read(buffer)),
 *   DeadlineError,
 *   "no answer within 20 ms",
 * );
 * ```
 *
 * @param ms How long, in milliseconds.
 * @param what What is waited for, for the error: `answer`.
 * @param held What is closed when the time is up: what the work waits on.
 * @param work What has been begun.
 * @throws {DeadlineError} When the time is up.
 */
export async function within<T>(
  ms: number,
  what: string,
  held: Closable,
  work: Promise<T>,
): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new DeadlineError(what, ms)); // the first to settle wins
    held.close();
  }, ms);
  try {
    return await Promise.race([work, isLate]);
  } finally {
    clearTimeout(timer); // it would keep the program alive
  }
}

/**
 * Connects within a time. The system itself may try for two minutes.
 *
 * @throws {DeadlineError} When the time is up.
 */
export async function connectWithin(
  ms: number,
  address: Address,
): Promise<Deno.TcpConn> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new DeadlineError("connection", ms)),
    ms,
  );
  try {
    return await Deno.connect({ ...address, signal: late.signal });
  } finally {
    clearTimeout(timer);
  }
}
