/**
 * `deno task pictures`: draws every lesson's pair on the wire anew, in its page
 * and as `wire.svg` beside it. The first lesson's stands in the README too. And
 * it draws the figures, each from its text, and writes into the pages what they
 * are about.
 *
 * @module
 */
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { drawFigure, figureFiles, pictureOf } from "../figures/files.ts";
import { FigureProblem } from "../figures/problem.ts";
import { drawLesson, drawPage } from "../picture.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { writeWhole } from "../../kit/whole_file.ts";

const COMMAND = {
  usage: "deno task pictures",
  about:
    "Draws every lesson's pair on the wire anew, in its page and as wire.svg beside it, and every figure from its text.",
  words: [],
  flags: {},
  examples: ["deno task pictures"],
};

await runCommand(COMMAND, async () => {
  for (const file of await figureFiles()) {
    try {
      await drawFigure(file);
    } catch (error) {
      if (!(error instanceof FigureProblem)) throw error;
      throw new UserError(`${file}: ${error.message}`, 1);
    }
    console.log(pictureOf(file));
  }
  for (const [i, lesson] of lessons.entries()) {
    const folder = `lessons/${lesson.name}`;
    await drawAnew(`${folder}/README.md`, lesson);
    if (i === 0) await drawAnew("README.md", lesson);
    const { svg } = await drawLesson(lesson);
    await writeWhole(new URL(`${folder}/wire.svg`, root), svg);
    console.log(`${folder}/wire.svg`);
  }
  return 0;
});

async function drawAnew(page: string, lesson: Lesson): Promise<void> {
  const url = new URL(page, root);
  const text = await drawPage(await Deno.readTextFile(url), lesson);
  await writeWhole(url, text);
  console.log(page);
}
