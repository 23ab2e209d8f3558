/**
 * The type errors of an answer, as Deno shows them.
 *
 * @module
 */
import { COURSE_FLAGS } from "../kit/config.ts";

/**
 * Checks the types of all programs in a folder.
 *
 * @param signal Ends it early.
 * @returns What Deno says, with a line before it; the empty text where all is well, it was ended, or the folder has gone.
 */
export async function checkTypes(
  folder: URL,
  signal: AbortSignal,
): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), {
    // The folder is not named, because in a name `?` and `[` are a pattern's.
    args: ["check", "--quiet", ...COURSE_FLAGS, "."],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal,
  });
  let output: Deno.CommandOutput;
  try {
    output = await command.output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
  if (output.success || signal.aborted) return "";
  const text = new TextDecoder().decode(output.stderr).trim()
    .replace(/\n+Stack backtrace:[\s\S]*$/, "");
  return `Deno's type check says, whatever the verdict:\n${text}`;
}
