/**
 * Our answer to an exercise beside the learner's.
 *
 * @module
 */
import { answerFolder, solutionFolder } from "@lessons/places.ts";
import { createTwoFilesPatch } from "diff";
import { plain } from "../kit/plain.ts";

/** A file of our answer, and what the learner has of that name. */
export interface Compared {
  /** Its name: `server.ts`. */
  readonly name: string;
  /** What is in ours. */
  readonly ours: string;
  /** What differs, as the lines of a unified difference: none where they are the same; absent where the learner has no such file. */
  readonly lines?: readonly string[];
}

/** Compares each of our files, the pair first. @param lesson The lesson's name. */
export async function compareWithOurs(lesson: string): Promise<Compared[]> {
  const folder = solutionFolder(lesson);
  const names = await programsIn(folder);
  return await Promise.all(names.map(async (name) => {
    const ours = await Deno.readTextFile(new URL(name, folder));
    const yours = await readText(new URL(name, answerFolder(lesson)));
    if (yours === undefined) return { name, ours };
    const lines = yours === ours ? [] : differenceOf(yours, ours);
    return { name, ours, lines };
  }));
}

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
function differenceOf(yours: string, ours: string): string[] {
  const patch = createTwoFilesPatch("yours", "ours", plain(yours), ours);
  return patch.trimEnd().split("\n").slice(3);
}
