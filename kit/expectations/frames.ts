/**
 * Expectation: frames of JSON, in any spelling.
 *
 * @module
 */
import { hex, lengthOf, PREFIX, quote } from "../bytes.ts";
import { frame } from "../frames.ts";
import type { Inbox } from "../inbox.ts";
import type { Expectation } from "./expectation.ts";
import type { WantedJson } from "./json.ts";

/** The longest payload of a frame that is waited for, in bytes. */
const MOST_PAYLOAD = 16 * 1024 * 1024;

/** These frames, one after another; at least one. */
export function frames(...wanted: readonly WantedJson[]): Expectation {
  const first = quote(wanted[0]?.example ?? "");
  return {
    says: wanted.length === 1
      ? `gets a frame of ${first}`
      : `gets ${wanted.length} frames, the first of ${first}`,
    async take(inbox) {
      for (const [i, one] of wanted.entries()) {
        const what = describe(one, i + 1, wanted.length);
        await takeFrame(inbox, one, what, () => lengthOfAll(wanted.slice(i)));
      }
    },
  };
}

/** How many bytes these frames have, as far as their spelling is known. */
function lengthOfAll(wanted: readonly WantedJson[]): number {
  return wanted.reduce((sum, { example }) => sum + frame(example).length, 0);
}

async function takeFrame(
  inbox: Inbox,
  { example, isRight }: WantedJson,
  what: string,
  lengthLeft: () => number,
): Promise<void> {
  const expected = frame(example);
  await inbox.hold(PREFIX, expected, what, true);
  const length = lengthOf(inbox.bytes);
  if (length < 0 || length > MOST_PAYLOAD) {
    await inbox.listenOn();
    const prefix = hex(inbox.bytes.subarray(0, PREFIX));
    throw inbox.failure(
      `announced a frame of ${length} bytes (it sent ${prefix}); it was expected to send ${what}`,
      expected,
    );
  }
  const end = PREFIX + length;
  await inbox.hold(end, expected, what, true);
  const payload = inbox.bytes.subarray(PREFIX, end);
  if (!isRight(payload)) {
    await inbox.listenOn(lengthLeft());
    throw inbox.failure(
      `sent a frame of ${quote(payload)}; it was expected to send ${what}`,
      expected,
      true,
    );
  }
  inbox.take(end);
  inbox.frames++;
}

/** A frame as a verdict names it: what it should hold, which of several it is, and to which request. */
function describe(
  { example, answers }: WantedJson,
  number: number,
  count: number,
): string {
  const what = `a frame of ${quote(example)}`;
  const which = count === 1 ? "" : ` ${number} of ${count}`;
  if (answers === undefined) return which ? `${what}, frame${which}` : what;
  return `${what}, ${which ? `reply${which}` : "the reply"}, to ${
    quote(answers)
  }`;
}
