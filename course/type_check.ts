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
 * @returns What Deno says, with a line before it; the empty text where all is well or it was ended.
 */
export async function checkTypes(
  folder: URL,
  signal: AbortSignal,
): Promise<string> {
  if (!await Deno.stat(folder).catch(() => undefined)) return "";
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    // The folder is not named, because in a name `?` and `[` are a pattern's.
    args: ["check", "--quiet", ...COURSE_FLAGS, "."],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal,
  }).output();
  if (success || signal.aborted) return "";
  const text = new TextDecoder().decode(stderr).trim()
    .replace(/\n+Stack backtrace:[\s\S]*$/, "");
  return `Deno's type check says, whatever the verdict:\n${text}`;
}
