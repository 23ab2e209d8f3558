/**
 * `deno task reset N`: puts a lesson's starter back and keeps what was there.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { fillFromStarter } from "../answers.ts";
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

/**
 * Gives an answer's folder another name, one that nothing has yet.
 *
 * @returns Where it is now; `undefined` where there was none.
 */
async function setAside({ name }: Lesson): Promise<string | undefined> {
  const own = `answers/${name}`;
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  for (let count = 1;; count++) {
    const place = `${own}.${stamp}${count === 1 ? "" : `-${count}`}`;
    if (await isThere(place)) continue;
    try {
      await Deno.rename(new URL(own, root), new URL(place, root));
      return place;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      if (!await isThere(place)) throw error; // else another reset took the name just now
    }
  }
}

async function isThere(place: string): Promise<boolean> {
  return await Deno.lstat(new URL(place, root)).then(() => true, () => false);
}
