/**
 * A word of a command line as a shell wants it.
 *
 * @module
 */

/**
 * A word, between quotes where a shell would take it for more than that.
 *
 * @param system Whose shell; this one's unless told otherwise.
 */
export function shellWord(
  word: string,
  system: typeof Deno.build.os = Deno.build.os,
): string {
  const isWindows = system === "windows";
  const plain = isWindows ? /^[\w./:@+=\\-]+$/ : /^[\w./:@%+=-]+$/;
  if (plain.test(word)) return word;
  return isWindows
    ? `"${word.replaceAll('"', '""')}"`
    : `'${word.replaceAll("'", `'\\''`)}'`;
}
