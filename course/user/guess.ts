/**
 * What somebody meant who mistyped a word.
 *
 * @module
 */

/** Of how many letters one may be wrong, and how many in a long word. */
const LETTERS_A_SLIP = 3;
const MOST_SLIPS = 2;

/** The known word that is closest to another; `undefined` where none is close. */
export function guess(
  word: string,
  known: readonly string[],
): string | undefined {
  let best: string | undefined;
  let least = Math.min(MOST_SLIPS, Math.floor(word.length / LETTERS_A_SLIP)) +
    1;
  for (const one of known) {
    const slips = countSlips(word, one);
    if (slips < least) [best, least] = [one, slips];
  }
  return best;
}

/** How many letters have to be added, left out, changed or swapped with the next to make one word of another. */
function countSlips(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Infinity,
      ));
    }
  }
  return at(from.length, to.length);
}
