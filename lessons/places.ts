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

/** The two programs of a lesson, a starter, a solution or an answer. */
export interface Pair {
  /** The server. */
  readonly server: URL;
  /** The client. */
  readonly client: URL;
}

/** The two programs in a folder. */
export function pairIn(folder: URL): Pair {
  return {
    server: new URL("server.ts", folder),
    client: new URL("client.ts", folder),
  };
}
