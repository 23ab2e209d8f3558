/**
 * What every command of the tool shares: its command line and its one-line
 * errors.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { UserError } from "./error.ts";
import { findLesson } from "./lesson.ts";

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
