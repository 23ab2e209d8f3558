/**
 * Python, where the machine has it: the course's programs are tried against
 * plain `socket` programs.
 *
 * @module
 */

/** The name of the interpreter. */
export const PYTHON = Deno.build.os === "windows" ? "python" : "python3";

/** Whether the interpreter can be started. */
export function hasPython(): boolean {
  try {
    const { success } = new Deno.Command(PYTHON, { args: ["--version"] })
      .outputSync();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
