/**
 * Says whether an answer is right, where that can be told from its first
 * words. The reader has the last word.
 *
 * @module
 */

/** Numbers that the pages write as words. */
const NUMBERS: readonly string[] =
  "zero one two three four five six seven eight nine ten eleven twelve"
    .split(" ");

/** Words that say no, and those that say yes. */
const NO = ["no", "not", "never", "nothing", "nobody", "none", "cannot"];
const YES = ["yes", "yeah", "yep"];

/**
 * Compares what somebody said with the page's answer.
 *
 * @returns Whether it is right; `undefined` where their words do not tell: then the reader has to.
 */
export function judge(said: string, answer: string): boolean | undefined {
  const [first = ""] = answer.trim().split(/(?<=[.:;!?])\s/);
  const wanted = wordsOf(first);
  const given = wordsOf(said);
  const [opening = ""] = wanted;
  if (YES.includes(opening) || opening === "no") {
    const isYes = given.some((word) => YES.includes(word));
    const isNo = given.some((word) => NO.includes(word));
    if (isYes === isNo) return undefined; // neither, or both
    return isYes === YES.includes(opening);
  }
  const numbers = wanted.filter(isNumber);
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) return undefined;
  const found = given.filter(isNumber);
  return found.length === 0 ? undefined : found.includes(number);
}

/** The words of a text; numbers as digits. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => {
    const number = NUMBERS.indexOf(word);
    return number === -1 ? word : String(number);
  });
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}
