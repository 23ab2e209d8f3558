/**
 * `deno task solution N`: our answer beside the learner's.
 *
 * @module
 */
import { cyan, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { answerFolder, solutionFolder } from "@lessons/places.ts";
import { createTwoFilesPatch } from "diff";
import { plain } from "../../kit/plain.ts";
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
  const ours = solutionFolder(lesson.name);
  for (const name of await programsIn(ours)) {
    const theirs = await readText(new URL(name, answerFolder(lesson.name)));
    const text = await Deno.readTextFile(new URL(name, ours));
    const where = `solutions/${lesson.name}/${name}`;
    if (theirs === undefined) {
      console.log(`${cyan(`=== ${where}`)} (you have no such file)\n\n${text}`);
    } else if (theirs === text) {
      console.log(`${cyan(`=== ${where}`)} (yours is the same)\n`);
    } else {
      console.log(`${cyan(`=== ${where}`)} (- yours, + ours)\n`);
      console.log(`${showDifference(theirs, text)}\n`);
    }
  }
  console.log(`why it is done this way: solutions/${lesson.name}/README.md`);
  return 0;
});

/** The programs and modules of a folder, without their tests, the pair first. */
async function programsIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /(?<!_test)\.ts$/.test(name)) names.push(name);
  }
  const first = ["server.ts", "client.ts"];
  return [...first, ...names.filter((name) => !first.includes(name)).sort()];
}

async function readText(file: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The lines of a unified difference, without its heading. */
function showDifference(yours: string, ours: string): string {
  const patch = createTwoFilesPatch("yours", "ours", plain(yours), ours);
  return patch.split("\n").slice(3).map((line) => {
    if (line.startsWith("+")) return green(line);
    if (line.startsWith("-")) return red(line);
    return line.startsWith("@@") ? dim(line) : line;
  }).join("\n").trimEnd();
}
