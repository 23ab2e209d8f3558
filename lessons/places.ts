/**
 * Where things are in the course: once, for the kit, the tool and the tests.
 *
 * Folders end in `/`, so that a file in one is `new URL("server.ts", folder)`.
 *
 * @module
 */

/** The course's own folder. */
export const root: URL = new URL("../", import.meta.url);

/** A lesson's folder. @param name The lesson's, `NN_name`, as for all that follow. */
export function lessonFolder(name: string): URL {
  return new URL(`lessons/${name}/`, root);
}

/** The folder of an exercise's starters. */
export function starterFolder(name: string): URL {
  return new URL(`lessons/${name}/exercise/`, root);
}

/** The folder of a lesson's solution. */
export function solutionFolder(name: string): URL {
  return new URL(`solutions/${name}/`, root);
}

/** The folder of the learner's own answer. */
export function answerFolder(name: string): URL {
  return new URL(`answers/${name}/`, root);
}

/** The folder of a lesson's classic Python programs. */
export function pythonFolder(name: string): URL {
  return new URL(`tests/python/${name}/`, root);
}

/** The sides of a pair. */
export const SIDES = ["server", "client"] as const;

/** One of them. */
export type Side = (typeof SIDES)[number];

/** An executable and its arguments. */
export type Command = readonly [string, ...string[]];

/** A program in any language. */
export interface ForeignProgram {
  /** What starts it. */
  readonly command: Command;
  /** How its owner calls it: `python3 server.py`. */
  readonly name: string;
}

/** The two programs of a lesson, a starter, a solution or an answer: files that Deno runs, or commands. */
export interface Pair {
  /** The server. */
  readonly server: URL | ForeignProgram;
  /** The client. */
  readonly client: URL | ForeignProgram;
}

/** The two programs of the course's own kind in a folder. */
export function pairIn(
  folder: URL,
): { readonly server: URL; readonly client: URL } {
  return {
    server: new URL("server.ts", folder),
    client: new URL("client.ts", folder),
  };
}
