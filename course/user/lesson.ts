/**
 * Lessons as a user names them, and as the screen calls them.
 *
 * @module
 */
import {
  type Announced,
  announced,
  type Lesson,
  lessons,
  orientation,
  runsHere,
} from "@lessons/catalogue.ts";
import type { Word } from "./command_line.ts";
import { UserError } from "./error.ts";
import { guess } from "./guess.ts";

/** The lesson that a command cannot do without. */
export const LESSON: Required<Word> = {
  name: "N",
  about: "which lesson: its number, or its folder's name",
  asks: "which lesson?",
};

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
  const meant = guess(
    word,
    [orientation, ...lessons, ...announced].map(({ name }) => name),
  );
  const known = lessons.map(({ number }) => number).join(", ");
  throw new UserError(
    `there is no lesson "${word}"; ${
      meant === undefined ? `there are: ${known}` : `did you mean ${meant}?`
    }`,
  );
}

/** One line for a lesson whose programs cannot run on this system; `undefined` where they can. */
export function absenceOf(lesson: Lesson): string | undefined {
  return runsHere(lesson)
    ? undefined
    : `${
      titleOf(lesson)
    }, is not for this system: Deno has no ${lesson.transport} sockets on it`;
}

/** `lesson 01, single shot`. */
export function titleOf({ number, title }: Announced): string {
  return `lesson ${String(number).padStart(2, "0")}, ${title.toLowerCase()}`;
}
