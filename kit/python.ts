/**
 * Python, where the machine has it: the course's programs are tried against
 * plain `socket` programs.
 *
 * @module
 */
const NAME = Deno.build.os === "windows" ? "python" : "python3";

/** What `findPython` found: the empty string where there is none. */
let found: string | undefined;

/**
 * The interpreter's own path, or undefined where there is none.
 *
 * It is asked for once: what stands behind its name may be a script that
 * chooses one of several, and needs longer than the program that it starts.
 */
export function findPython(): string | undefined {
  found ??= askPython();
  return found || undefined;
}

/**
 * The interpreter's own path.
 *
 * @throws {Deno.errors.NotFound} When there is none.
 */
export function python(): string {
  const path = findPython();
  if (path) return path;
  throw new Deno.errors.NotFound(`${NAME} was not found`);
}

/**
 * The command of one of our own programs. They import nothing but the standard
 * library; to look for other packages takes Python longer than most of them run.
 *
 * @throws {Deno.errors.NotFound} When there is no Python.
 */
export function ownProgram(file: string): [string, ...string[]] {
  return [python(), "-S", file];
}

function askPython(): string {
  try {
    const { stdout, success } = new Deno.Command(NAME, {
      args: ["-S", "-c", "import sys; print(sys.executable)"],
    }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
