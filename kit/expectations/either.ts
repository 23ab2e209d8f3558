/**
 * Expectation: one of several texts, where more than one is right.
 *
 * @module
 */
import { firstDifference, quote, toBytes } from "../bytes.ts";
import { Hang } from "../guard.ts";
import type { Inbox } from "../inbox.ts";
import { bytes } from "./bytes.ts";
import type { Expectation } from "./expectation.ts";

/** One of these texts. @param first The one with which something else is compared in a verdict. */
export function either(first: string, ...others: string[]): Expectation {
  const wanted = others.map(toBytes);
  return {
    says: `gets ${[first, ...others].map((text) => quote(text)).join(" or ")}`,
    async take(inbox) {
      const count = await findWhole(inbox, wanted);
      if (count === undefined) await bytes(first).take(inbox);
      else inbox.take(count);
    },
  };
}

/** Waits as long as one of these may still come. @returns The length of the one that came. */
async function findWhole(
  inbox: Inbox,
  wanted: readonly Uint8Array[],
): Promise<number | undefined> {
  while (true) {
    const [near] = wanted.filter((one) => {
      const part = inbox.bytes.subarray(0, one.length);
      return firstDifference(part, one.subarray(0, part.length)) === -1;
    });
    if (near && inbox.bytes.length >= near.length) return near.length;
    if (!near || inbox.hasEnded) return undefined;
    try {
      await inbox.more();
    } catch (error) {
      if (error instanceof Hang) return undefined; // the other expectation tells of it
      throw error;
    }
  }
}
