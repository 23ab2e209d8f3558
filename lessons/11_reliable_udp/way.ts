/**
 * One way of a bad network, from one program to another.
 *
 * @module
 */
import type { Fate } from "./fate.ts";

/** How long a swapped datagram waits for the next one, in milliseconds: there may be none. */
const SWAP = 20;

/** Sends bytes on, as they are. */
export type Pass = (bytes: Uint8Array) => Promise<void>;

/** What goes along it meets its fates in order. Gives the one that it meets. */
export type Way = (pass: Pass, bytes: Uint8Array) => Fate;

/** A way on which each datagram meets the next fate. @param delay How long each is under way, in milliseconds. */
export function wayThrough(all: Generator<Fate, never>, delay: number): Way {
  let held: (() => void) | undefined;
  let passing = Promise.resolve(); // one after the other: what was passed on first leaves first
  return (pass, bytes) => {
    const fate = all.next().value;
    const { isLost, isDoubled, isSwapped, corruptAt } = fate;
    const copy = bytes.slice();
    if (corruptAt !== undefined) {
      const at = Math.floor(corruptAt * copy.length);
      copy[at] = (copy[at] ?? 0) ^ 1;
    }
    const go = () => {
      const passAll = () => {
        for (let count = isLost ? 0 : isDoubled ? 2 : 1; count > 0; count--) {
          passing = passing.then(() => pass(copy));
        }
      };
      if (delay === 0) passAll();
      else setTimeout(passAll, delay);
    };
    const before = held;
    held = undefined;
    if (isSwapped && !before) {
      const release = () => {
        if (held === release) held = undefined;
        clearTimeout(timer);
        go();
      };
      const timer = setTimeout(release, SWAP);
      held = release;
    } else go();
    before?.();
    return fate;
  };
}
