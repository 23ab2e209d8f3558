/**
 * Expectation: the stream ends, in good order and with nothing before.
 *
 * @module
 */
import { quote } from "../bytes.ts";
import { Failure } from "../failure.ts";
import { Hang } from "../guard.ts";
import type { Inbox } from "../inbox.ts";
import type { Expectation } from "./expectation.ts";

/**
 * The end.
 *
 * @param says How a step mentions it.
 * @param instead What the program was expected to do.
 */
export function end(
  says = "sees the stream end",
  instead = "close the connection",
): Expectation {
  return { says, take: (inbox) => takeEnd(inbox, instead) };
}

/** The end of one direction: the program may still read. */
export const halfEnd: Expectation = end(
  "sees the stream end",
  "half-close the connection",
);

async function takeEnd(inbox: Inbox, instead: string): Promise<void> {
  const nothing = new Uint8Array();
  try {
    while (!inbox.hasEnded && inbox.bytes.length === 0) await inbox.more();
  } catch (error) {
    if (!(error instanceof Hang)) throw error;
    throw Failure.ofSilence(
      error,
      `${inbox.label} kept the connection open for ${error.time}; it was expected to ${instead}`,
      { expected: nothing, received: inbox.bytes },
    );
  }
  if (inbox.bytes.length > 0) {
    await inbox.listenOn();
    throw inbox.failure(
      `sent ${quote(inbox.bytes)} when it was expected to ${instead}`,
      nothing,
    );
  }
  if (inbox.isReset) {
    throw inbox.failure(
      `${inbox.howItEnded}; it was expected to close it in good order`,
      nothing,
    );
  }
}
