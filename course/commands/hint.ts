/**
 * `deno task hint N`: the next hint of a lesson's exercise.
 *
 * @module
 */
import { hintsOf } from "../hints.ts";
import { noteHints, readProgress } from "../progress.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { findLesson, LESSON, titleOf } from "../user/lesson.ts";

const COMMAND = {
  usage: "deno task hint N [1 | 2 | 3]",
  about: "Shows the next hint of a lesson's exercise.",
  words: [
    LESSON,
    { name: "1 | 2 | 3", about: "which hint, where you want another one" },
  ],
  flags: {},
  examples: ["deno task hint 1", "deno task hint 1 2"],
};

await runCommand(COMMAND, async ({ words: [word = "", level] }) => {
  const lesson = findLesson(word);
  const hints = await hintsOf(lesson);
  const { hints: { [lesson.name]: shown = 0 } } = await readProgress();
  const wanted = level === undefined
    ? Math.min(shown + 1, hints.length)
    : Number(level);
  const hint = hints[wanted - 1];
  if (hint === undefined) {
    throw new UserError(
      `there is no hint "${level}"; there are ${hints.length}`,
    );
  }
  console.log(`${titleOf(lesson)}, hint ${wanted} of ${hints.length}\n`);
  console.log(hint);
  console.log(
    level === undefined && shown >= hints.length
      ? `\nthat was the last one; our answer: deno task solution ${lesson.number}`
      : wanted < hints.length
      ? `\ntry again first; the next one: deno task hint ${lesson.number}`
      : `\nthere is no other; our answer: deno task solution ${lesson.number}`,
  );
  await noteHints(lesson.name, Math.max(shown, wanted));
  return 0;
});
