/**
 * `deno task reset N`: puts a lesson's starter back and keeps what was there.
 *
 * @module
 */
import { answersFolder, fillFromStarter } from "./answers.ts";
import { readLesson, root, runCommand } from "./terminal.ts";

const USAGE = "deno task reset N";

await runCommand(async () => {
  const { lesson } = readLesson(USAGE);
  const folder = answersFolder(lesson);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const backup = new URL(`answers/${lesson.name}.${stamp}/`, root);
  try {
    await Deno.rename(folder, backup);
    console.log(`your answer is kept in answers/${lesson.name}.${stamp}/`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const made = await fillFromStarter(lesson);
  console.log("made from the starter, for you to change:");
  for (const name of made) console.log(`  answers/${lesson.name}/${name}`);
  return 0;
});
