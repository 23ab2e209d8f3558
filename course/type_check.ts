/**
 * The type errors of an answer, as Deno shows them.
 *
 * @module
 */
import { plain } from "../kit/plain.ts";
import { mark } from "../kit/reaper.ts";
import { COURSE_FLAGS } from "../kit/config.ts";

/** What a type check found. */
export interface TypeErrors {
  /** How many. */
  readonly count: number;
  /** What Deno says of them. */
  readonly text: string;
  /** Each with its place. */
  readonly places: readonly TypeErrorPlace[];
}

/** One type error. */
export interface TypeErrorPlace {
  /** The file's name: `server.ts`. */
  readonly file: string;
  /** Its line, from 1. */
  readonly line: number;
  /** Its column, from 1. */
  readonly column: number;
  /** How many characters it is about. */
  readonly length: number;
  /** What is wrong. */
  readonly message: string;
}

/**
 * Checks the types of all programs in a folder.
 *
 * @param signal Ends it early.
 * @returns What is wrong; `undefined` where all is well, it was ended, or the folder has gone.
 */
export async function checkTypes(
  folder: URL,
  signal: AbortSignal = new AbortController().signal,
): Promise<TypeErrors | undefined> {
  const command = new Deno.Command(Deno.execPath(), {
    // The folder is not named, because in a name `?` and `[` are a pattern's.
    args: ["check", "--quiet", ...COURSE_FLAGS, "."],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: { ...mark(), NO_COLOR: "1" }, // its colours could not be told from those of the answer
    signal,
  });
  let output: Deno.CommandOutput;
  try {
    output = await command.output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  if (output.success || signal.aborted) return undefined;
  const text = plain(new TextDecoder().decode(output.stderr)).trim()
    .replace(/\n+Stack backtrace:[\s\S]*$/, "");
  // "Found 3 errors." stands below more than one.
  const count = Number(
    /^Found (\d+) errors\.$/m.exec(text)?.[1] ?? 1,
  );
  return { count, text, places: placesIn(text) };
}

/** The places in what Deno says: a message, the line, a mark under it, and where that is. */
export function placesIn(text: string): TypeErrorPlace[] {
  const pattern =
    /^(TS\d+ \[ERROR\]: [^]*?)\n(?:[^\n]*\n)?( *[~^]+) *\n +at (file:\S+):(\d+):(\d+)$/gm;
  return [...text.matchAll(pattern)].map((
    [, message = "", mark = "", file = "", line, column],
  ) => ({
    file: decodeURIComponent(file.split("/").at(-1) ?? ""),
    line: Number(line),
    column: Number(column),
    length: mark.trim().length,
    message: message.trim(),
  }));
}

/** What is said of type errors behind a verdict. */
export function showTypeErrors(
  { count, text }: TypeErrors,
  isPassed: boolean,
): string {
  const many = count === 1 ? "1 type error" : `${count} type errors`;
  return `${isPassed ? "passed" : "not yet"}; ${many}:\n${text}`;
}
