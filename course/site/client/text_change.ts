/**
 * What differs between two texts, as one change.
 *
 * @module
 */

/** A part of a text, and what comes in its place. */
export interface TextChange {
  /** Where it begins. */
  readonly from: number;
  /** Where it ends, exclusive. */
  readonly to: number;
  /** What comes in its place. */
  readonly insert: string;
}

/** The smallest single change that makes one text of another: what is the same before and behind it stays as it is. */
export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let same = 0;
  while (
    same < most - from &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  ) same++;
  return {
    from,
    to: before.length - same,
    insert: after.slice(from, after.length - same),
  };
}
