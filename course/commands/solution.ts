/**
 * `deno task solution N`: our answer beside the learner's.
 *
 * @module
 */
import { cyan, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { compareWithOurs } from "../compare.ts";
import { readProgress } from "../progress.ts";
import { runCommand } from "../user/command_line.ts";
import { findLesson, LESSON, titleOf } from "../user/lesson.ts";

const COMMAND = {
  usage: "deno task solution N",
  about: "Shows our answer to a lesson's exercise beside yours.",
  words: [LESSON],
  flags: {},
  examples: ["deno task solution 1"],
};

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(COMMAND, async ({ words: [word = ""] }) => {
  const lesson = findLesson(word);
  const { passed } = await readProgress();
  const isTerminal = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  if (!(lesson.name in passed) && isTerminal) {
    const isSure = confirm(
      `${titleOf(lesson)} is not passed yet. Show our answer all the same?`,
    );
    if (!isSure) {
      console.log(`a hint instead: deno task hint ${lesson.number}`);
      return 1;
    }
  } else if (!(lesson.name in passed)) {
    console.log(`${titleOf(lesson)} is not passed yet\n`);
  }
  for (const { name, ours, lines } of await compareWithOurs(lesson.name)) {
    const where = `solutions/${lesson.name}/${name}`;
    if (!lines) {
      console.log(`${cyan(`=== ${where}`)} (you have no such file)\n\n${ours}`);
    } else if (lines.length === 0) {
      console.log(`${cyan(`=== ${where}`)} (yours is the same)\n`);
    } else {
      console.log(`${cyan(`=== ${where}`)} (- yours, + ours)\n`);
      console.log(`${lines.map(paintLine).join("\n")}\n`);
    }
  }
  console.log(`why it is done this way: solutions/${lesson.name}/README.md`);
  return 0;
});

/** A line of a difference, in its colour. */
function paintLine(line: string): string {
  if (line.startsWith("+")) return green(line);
  if (line.startsWith("-")) return red(line);
  return line.startsWith("@@") ? dim(line) : line;
}
