/**
 * `deno task reset N`: puts a lesson's starter back and keeps what was there.
 *
 * @module
 */
import { fillFromStarter, setAside } from "../answers.ts";
import { runCommand } from "../user/command_line.ts";
import { findLesson, LESSON } from "../user/lesson.ts";

const COMMAND = {
  usage: "deno task reset N",
  about: "Puts a lesson's starter back, and keeps what you had.",
  words: [LESSON],
  flags: {},
  examples: ["deno task reset 1"],
};

await runCommand(COMMAND, async ({ words: [word = ""] }) => {
  const lesson = findLesson(word);
  const kept = await setAside(lesson);
  if (kept) console.log(`your answer is kept in ${kept}/`);
  const made = await fillFromStarter(lesson);
  console.log("made from the starter, for you to change:");
  for (const name of made) console.log(`  answers/${lesson.name}/${name}`);
  return 0;
});
