/**
 * Foreign text for a terminal: what a program printed, what stands in its file.
 *
 * A terminal obeys control characters: a program under test could have it
 * erase a verdict and write another one. So all that is not ours goes through
 * here before it is shown.
 *
 * @module
 */

/** Control characters, and those that change the order or hide: line and paragraph separators, marks of direction, blanks without width. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text in which all that a terminal would obey is made visible, as JSON writes it; line feeds and tabs stay. */
export function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(
    OBEYED,
    (character) => "\n\t".includes(character) ? character : visible(character),
  );
}

/** A character that a terminal would obey, as JSON writes it. */
export function visible(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  if (short !== character) return short;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\u{${code.toString(16)}}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
