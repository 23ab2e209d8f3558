/**
 * Expectation: exactly these bytes, in any number of reads.
 *
 * @module
 */
import {
  countBytes,
  firstDifference,
  quote,
  quoteAt,
  toBytes,
} from "../bytes.ts";
import type { Inbox } from "../inbox.ts";
import type { Expectation } from "./expectation.ts";

/** These bytes, or this text as UTF-8. */
export function bytes(data: string | Uint8Array): Expectation {
  const expected = toBytes(data);
  return {
    says: `gets ${quote(expected)}`,
    take: (inbox) => takeBytes(inbox, expected),
  };
}

async function takeBytes(inbox: Inbox, expected: Uint8Array): Promise<void> {
  let matched = 0; // so many of the expected bytes have come; what has matched is not looked at again
  const takeMatching = () => {
    const wanted = expected.subarray(matched);
    const different = firstDifference(inbox.bytes, wanted);
    const count = different === -1
      ? Math.min(inbox.bytes.length, wanted.length)
      : different;
    inbox.take(count);
    matched += count;
  };
  const putBack = () => inbox.putBack(expected.subarray(0, matched));
  const isMissing = () =>
    matched < expected.length && inbox.bytes.length === 0 && !inbox.hasEnded;
  try {
    takeMatching();
    while (isMissing()) {
      await inbox.more();
      takeMatching();
    }
  } catch (error) {
    putBack();
    throw inbox.silence(error, quote(expected), expected);
  }
  if (matched === expected.length) return;
  const isWrong = inbox.bytes.length > 0;
  putBack();
  if (isWrong) await inbox.listenOn(expected.length);
  const did = isWrong
    ? `sent ${quoteAt(inbox.bytes, expected)}`
    : `${inbox.howItEnded} after ${
      countBytes(inbox.bytes.length)
    } of ${expected.length}`;
  throw inbox.failure(
    `${did}; it was expected to send ${
      isWrong ? quoteAt(expected, inbox.bytes) : quote(expected)
    }`,
    expected,
  );
}
