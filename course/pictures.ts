/**
 * `deno task pictures`: draws every lesson's pair on the wire anew, in its page
 * and as `wire.svg` beside it. The first lesson's stands in the README too.
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { drawLesson, fillFence } from "./picture.ts";
import { root, runCommand, UserError } from "./terminal.ts";
import type { View } from "./wire/file.ts";

await runCommand(async () => {
  if (Deno.args[0] !== undefined) {
    throw new UserError(
      `"${Deno.args[0]}" is one word too many; usage: deno task pictures`,
    );
  }
  for (const [i, lesson] of lessons.entries()) {
    const view = await drawLesson(lesson);
    const folder = `lessons/${lesson.name}`;
    await put(`${folder}/README.md`, view);
    await Deno.writeTextFile(new URL(`${folder}/wire.svg`, root), view.svg);
    console.log(`${folder}/wire.svg`);
    if (i === 0) await put("README.md", view);
  }
  return 0;
});

async function put(page: string, view: View): Promise<void> {
  const url = new URL(page, root);
  const text = fillFence(await Deno.readTextFile(url), view);
  if (text === undefined) {
    throw new UserError(`${page} has no fence that begins "text wire"`, 1);
  }
  await Deno.writeTextFile(url, text);
  console.log(page);
}
