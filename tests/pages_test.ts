/**
 * The pages are true: each command on them prints what they show, and their
 * wire sections are what the pairs do.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { drawLesson, drawPage } from "../course/picture.ts";
import { freePort } from "./kit/free_port.ts";
import { isForHere, readScenes, runScene } from "./kit/page.ts";
import { startReaper } from "./kit/reaper.ts";
import { WorkingFolder } from "./kit/working_folder.ts";

startReaper();

const root = new URL("../", import.meta.url);

for (const lesson of lessons) {
  const { name } = lesson;
  const readme = `lessons/${name}/README.md`;
  const isFirst = lesson === lessons[0]; // the course's own page shows its pair, too

  const pages = [readme, `solutions/${name}/README.md`];
  for (const page of isFirst ? [...pages, "README.md"] : pages) {
    for (const scene of readScenes(await read(page)).filter(isForHere)) {
      const [first] = scene;
      Deno.test(`${page}:${first?.line} prints what the page shows`, async () => {
        using folder = lesson.files && WorkingFolder.make(lesson.files);
        const differences = await runScene(scene, {
          port: lesson.port,
          freePort,
          folder: folder?.path,
        });
        assert(differences.length === 0, `\n${differences.join("\n\n")}`);
      });
    }
  }

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

async function read(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(file, root));
}
