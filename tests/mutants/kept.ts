/**
 * The mutants that are kept for a lesson, and the right programs in other
 * styles than the solution's.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import type { Side } from "../../kit/script.ts";
import type { Mutant } from "./mutant.ts";

/** The mutants of one side, from `tests/mutants/NN_name/server.ts`. @param lesson The lesson's name. */
export async function keptMutants(
  lesson: string,
  side: Side,
): Promise<readonly Mutant[]> {
  if (!filesIn(folderOf(lesson)).includes(`${side}.ts`)) return [];
  const module: { mutants: readonly Mutant[] } = await import(
    `./${lesson}/${side}.ts`
  );
  return module.mutants;
}

/** The right programs of one side: their paths in the course. @param lesson The lesson's name. */
export function rightPrograms(lesson: string, side: Side): string[] {
  const folder = `${folderOf(lesson)}right/`;
  return filesIn(folder).filter((file) => file.startsWith(`${side}_`))
    .map((file) => `${folder}${file}`);
}

function folderOf(lesson: string): string {
  return `tests/mutants/${lesson}/`;
}

/** The names of the files in a folder; none where there is no such folder. */
function filesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(new URL(folder, root))]
      .filter(({ isFile }) => isFile).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
