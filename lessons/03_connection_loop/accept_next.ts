/**
 * Takes the next client from a listener's queue, whatever became of the one before.
 *
 * @module
 */
import { explain } from "@lessons/program.ts";

/** How long to wait after an accept that failed, in milliseconds. */
const PAUSE_MS = 50;

/**
 * Waits for the next client that is really there.
 *
 * An `accept` can fail although the listener is well: the client may have
 * broken off while it waited in the queue, or the program may have as many
 * connections open as the system allows. Neither is a reason to stop serving.
 * Each such failure is printed as one line on stdout.
 *
 * @param listener What to accept from. It stays open.
 * @returns The connection to the client, for the caller to close.
 * @throws {Deno.errors.BadResource} Where the listener itself is closed.
 */
export async function acceptNext(
  listener: Deno.TcpListener,
): Promise<Deno.TcpConn> {
  while (true) {
    try {
      return await listener.accept();
    } catch (error) {
      if (error instanceof Deno.errors.BadResource) throw error;
      console.log(explain(error, "the next client") ?? error);
      // Too many open files would fail again at once: a pause keeps the loop from spinning.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
