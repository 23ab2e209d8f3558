/**
 * Takes the next client from a listener's queue, whatever became of the one before.
 *
 * @module
 */
import { explain } from "@lessons/program.ts";

/** How long to wait where the system has no room for another connection, in milliseconds. */
const PAUSE_MS = 50;

/**
 * Waits for the next client that is really there.
 *
 * An `accept` can fail although the listener is well: the client may have
 * broken off while it waited in the queue, or the program may have as many
 * connections open as the system allows. Neither is a reason to stop serving.
 * Each client that is gone is printed as one line on stdout, and so is the
 * first failure of another kind.
 *
 * @param listener What to accept from. It stays open.
 * @returns The connection to the client, for the caller to close.
 * @throws {Deno.errors.BadResource} Where the listener itself is closed.
 */
export async function acceptNext<Conn extends Deno.Conn>(
  listener: Deno.Listener<Conn>,
): Promise<Conn> {
  let isFull = false;
  while (true) {
    try {
      return await listener.accept();
    } catch (error) {
      if (error instanceof Deno.errors.BadResource) throw error;
      const isGone = error instanceof Deno.errors.NotConnected;
      if (isGone || !isFull) {
        console.log(explain(error, "the next client") ?? error);
      }
      if (isGone) continue; // the next one in the queue does not wait for it
      // Too many open files would fail again at once: a pause keeps the loop from spinning.
      isFull = true;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
