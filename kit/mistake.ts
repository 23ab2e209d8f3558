/**
 * A mistake in a program itself, told apart from what the world outside did to
 * it.
 *
 * @module
 */
/** A mistake that ended a program. */
export interface Mistake {
  /** What Deno calls it: `TypeError: foo is not a function`. */
  readonly error: string;
  /** Where it stands in the program, `server.ts, line 12`, where that is known. */
  readonly place?: string;
  /** What stands there. */
  readonly text?: string;
  /** What the error's name means, where that is not plain. */
  readonly means?: string;
}

/** Errors that a program makes itself; those of the world outside have other names. */
const OWN =
  /^error: Uncaught (?:\(in promise\) )?((?:TypeError|ReferenceError|RangeError|SyntaxError|NotSupportedError|BadResource|Busy)\b.*)$/m;

/** What Deno says of a program that it cannot even begin: a line, and below it the place. */
const UNREADABLE =
  /^error: ((?:SyntaxError|The module's source code|Module not found|Import "|Relative import)[^\n]*)\n/m;

/** What V8 says when there is no memory left for it. */
const NO_MEMORY = /^# Fatal (?:JavaScript|process) (out of memory)\b/m;

/** What errors mean whose words do not say so. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /^BadResource\b/,
    "it used a connection, a listener or a stream that was closed already",
  ],
  [/^Busy\b/, "it began to read or to accept where it was doing so already"],
  [
    /^ReferenceError: Cannot access .* before initialization/,
    "the line that makes it has not run yet: put it above the one that awaits the program's end",
  ],
  [
    /^NotSupportedError: .*MD5/,
    "the global crypto has no MD5: import crypto from @std/crypto",
  ],
  [
    /^out of memory$/,
    "a check gives a program so much, and no more: let go of what is done with",
  ],
];

/**
 * The mistake by which a program ended.
 *
 * @param stderr What it wrote there.
 * @param folder The folder of the programs under test, in which the place is looked for.
 * @returns `undefined` where it ended by something else: an error that data from outside brought about is none of these.
 */
export function mistakeIn(
  stderr: string,
  folder: URL,
): Mistake | undefined {
  const error = [OWN, UNREADABLE, NO_MEMORY]
    .map((form) => form.exec(stderr)?.[1]).find((found) => found !== undefined);
  if (error === undefined || /\bJSON\b/.test(error)) return undefined;
  const means = MEANINGS.find(([form]) => form.test(error))?.[1];
  return { error, ...placeIn(stderr, folder), ...(means ? { means } : {}) };
}

/** The first line of the programs' own in a stack, and what stands there. */
function placeIn(
  stderr: string,
  folder: URL,
): { place?: string; text?: string } {
  for (
    const [, href = "", at] of stderr.matchAll(/(file:\/\/[^\s)]+):(\d+):\d+/g)
  ) {
    if (!href.startsWith(folder.href)) continue;
    const name = decodeURIComponent(href.slice(folder.href.length));
    const text =
      Deno.readTextFileSync(new URL(href)).split("\n")[Number(at) - 1];
    return {
      place: `${name}, line ${at}`,
      ...(text === undefined ? {} : { text: text.trim() }),
    };
  }
  return {};
}
