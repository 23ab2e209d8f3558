/**
 * What every command of the tool shares: its command line, its one-line
 * errors, and the paths that a user names.
 *
 * @module
 */
import {
  type Announced,
  announced,
  type Lesson,
  lessons,
  orientation,
} from "@lessons/catalogue.ts";

/** A path that the user named, from where the user stands: `deno task` changes the folder. */
export async function userPath(name: string): Promise<string> {
  const { resolve } = await import("node:path");
  return resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), name);
}

/** Something that the user can set right: printed as one line. */
export class UserError extends Error {
  /** `UserError`. */
  override name = "UserError";

  /** A message of one line. @param code The exit code: 2 where the command line was wrong. */
  constructor(message: string, readonly code: 1 | 2 = 2) {
    super(message);
  }
}

/** Runs a command and ends with its exit code; a {@linkcode UserError} becomes one line on stderr. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    Deno.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`error: ${error.message}`);
    Deno.exitCode = error.code;
  }
}

/**
 * Finds a lesson by what somebody typed.
 *
 * @param word A number, `1` or `01`, or a folder's name, `01_single_shot`.
 * @throws {UserError} Where there is no such lesson, it is still to come, or it is a page to read.
 */
export function findLesson(word: string): Lesson {
  const isIt = ({ number, name }: Announced) =>
    name === word || (/^\d{1,2}$/.test(word) && number === Number(word));
  const lesson = lessons.find(isIt);
  if (lesson) return lesson;
  if (isIt(orientation)) {
    throw new UserError(
      `${
        titleOf(orientation)
      }, is a page to read: lessons/${orientation.name}/README.md`,
    );
  }
  const toCome = announced.find(isIt);
  if (toCome) {
    throw new UserError(`${titleOf(toCome)} is still to come`);
  }
  const known = lessons.map(({ number }) => number).join(", ");
  throw new UserError(`there is no lesson "${word}"; there are: ${known}`);
}

/** `lesson 01, single shot`. */
export function titleOf({ number, title }: Announced): string {
  return `lesson ${String(number).padStart(2, "0")}, ${title.toLowerCase()}`;
}

/**
 * The command line of a command that takes a lesson and little else.
 *
 * @param usage How the command is called: `deno task reset N`.
 * @param most How many words it takes at most, the lesson's included.
 * @returns The lesson, and the words after it.
 * @throws {UserError} Where no lesson is named, or something that nobody knows.
 */
export function readLesson(
  usage: string,
  most = 1,
): { lesson: Lesson; words: string[] } {
  const flag = Deno.args.find((word) => word.startsWith("-"));
  if (flag !== undefined) throw unknownFlag(flag, usage);
  const [word, ...words] = Deno.args;
  if (word === undefined) {
    throw new UserError(`which lesson? usage: ${usage}`);
  }
  const tooMany = words[most - 1];
  if (tooMany !== undefined) {
    throw new UserError(`"${tooMany}" is one word too many; usage: ${usage}`);
  }
  return { lesson: findLesson(word), words };
}

/**
 * The flag that a parser did not know, as an error.
 *
 * @param usage How the command is called: `deno task lesson [N]`.
 */
export function unknownFlag(flag: string, usage: string): UserError {
  return new UserError(`unknown flag ${flag}; usage: ${usage}`);
}
