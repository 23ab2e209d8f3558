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
  return { count, text };
}

/** What is said of type errors behind a verdict. */
export function showTypeErrors(
  { count, text }: TypeErrors,
  isPassed: boolean,
): string {
  const many = count === 1 ? "1 type error" : `${count} type errors`;
  return `${isPassed ? "passed" : "not yet"}; ${many}:\n${text}`;
}
