/**
 * The pages are true: each command on them prints what they show, and their
 * wire sections are what the pairs do.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  type Announced,
  type Lesson,
  orientation,
} from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { wholeLessons } from "@lessons/parts.ts";
import { drawLesson, drawPage } from "../../course/picture.ts";
import {
  differencesIn,
  isForHere,
  playSceneOf,
  readScenes,
  type Scene,
} from "../../course/scenes.ts";
import { inParallel } from "../../kit/parallel.ts";
import { startReaper } from "../../kit/reaper.ts";

startReaper();

await registerScenes(`lessons/${orientation.name}/README.md`, orientation);

for (const lesson of wholeLessons) {
  const { name } = lesson;
  const readme = `lessons/${name}/README.md`;
  const isFirst = lesson === wholeLessons[0]; // the course's own page shows its pair, too

  await registerScenes(readme, lesson);
  await registerScenes(`solutions/${name}/README.md`, lesson);
  if (isFirst) await registerScenes("README.md", lesson);

  Deno.test(`${name} page and picture show what its pair does on the wire`, async () => {
    for (const page of isFirst ? [readme, "README.md"] : [readme]) {
      const text = await read(page);
      const anew = await drawPage(text, lesson);
      assertEquals(text, anew, `${page}: deno task pictures`);
    }
    const picture = await read(`lessons/${name}/wire.svg`);
    const { svg } = await drawLesson(lesson);
    assertEquals(picture, svg, "wire.svg: deno task pictures");
  });
}

/** Registers a test of all commands on a page. */
async function registerScenes(
  page: string,
  lesson: Announced & Pick<Lesson, "files">,
): Promise<void> {
  const scenes = readScenes(await read(page)).filter(isForHere);
  if (scenes.length === 0) return;
  const play = async (scene: Scene) =>
    differencesIn(await playSceneOf(lesson, scene));
  Deno.test(`${page} shows what its commands print`, async () => {
    const tasks = scenes.map((scene) => () => play(scene));
    const differences = (await inParallel(3, tasks)).flat();
    assert(differences.length === 0, `\n${differences.join("\n\n")}`);
  });
}

async function read(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(file, root));
}
