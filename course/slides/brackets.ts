/**
 * Brackets in lines of TypeScript, for snippets that end where what they begin ends.
 *
 * @module
 */

/** Comments, texts and regular expressions: a bracket in them opens nothing. */
const ASIDE = new RegExp(
  [
    String.raw`//.*`,
    String.raw`"(?:\\.|[^"\\])*"`,
    String.raw`(?<=[(=,]\s*)/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n])+/\w*`,
  ].join("|"),
  "g",
);

/** How many brackets of each kind lines open and do not close: less than 0 where they close more. */
export function openBrackets(lines: readonly string[]): number[] {
  const code = lines.map((line) => line.replace(ASIDE, "")).join("\n");
  return ["{}", "()"].map((pair) =>
    [...code].reduce(
      (open, character) =>
        open + (character === pair[0] ? 1 : character === pair[1] ? -1 : 0),
      0,
    )
  );
}
