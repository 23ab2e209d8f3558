/**
 * The learner's own work: `answers/NN_name/`, made from the starters.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import {
  answerFolder,
  root,
  type Side,
  starterFolder,
} from "@lessons/places.ts";
import { fromFileUrl } from "../kit/file_url.ts";

/** How a folder or a file is called on the screen: from the course's root where it is in the course. */
export function placeOf(place: URL): string {
  // Decoded, because what is encoded differs with who made the URL: [ and ], for two.
  const whole = decodeURIComponent(place.href);
  const home = decodeURIComponent(root.href);
  return whole.startsWith(home) ? whole.slice(home.length) : fromFileUrl(place);
}

/**
 * Copies the starter's files that an answer does not have yet. What is there
 * is never touched; a file without a byte is what a full disk or a kill left of
 * a copy.
 *
 * @param foreign The sides whose programs are commands.
 * @returns The names of the files that were made.
 */
export async function fillFromStarter(
  lesson: Lesson,
  foreign: readonly Side[] = [],
): Promise<string[]> {
  if (foreign.length === 2) return []; // there may be modules beside the two
  const from = starterFolder(lesson.name);
  const to = answerFolder(lesson.name);
  await Deno.mkdir(to, { recursive: true });
  const made: string[] = [];
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (!isFile || foreign.some((side) => name === `${side}.ts`)) continue;
    const text = await Deno.readTextFile(new URL(name, from));
    if (await makeFile(new URL(name, to), text)) made.push(name);
  }
  return made.sort();
}

/** Makes a file where there is none, or an empty one. @returns Whether it did. */
async function makeFile(file: URL, text: string): Promise<boolean> {
  const there = await Deno.stat(file).catch(() => undefined);
  const isEmpty = there?.isFile === true && there.size === 0;
  try {
    await Deno.writeTextFile(file, text, { createNew: !isEmpty });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    if (!there || isEmpty) {
      await Deno.truncate(fromFileUrl(file)).catch(() => {}); // half a copy is none
    }
    throw error;
  }
}

/**
 * Gives an answer's folder another name, one that nothing has yet.
 *
 * @returns Where it is now; `undefined` where there was none.
 */
export async function setAside(
  { name }: Lesson,
): Promise<string | undefined> {
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

/** Something that is still to do. */
export interface Todo {
  /** Where: `answers/01_single_shot/server.ts:21`. */
  readonly place: string;
  /** What, as it stands there: `TODO: …`. */
  readonly text: string;
}

/** What is still to do in programs and in the modules beside them: each line with a `TODO`. */
export async function findTodos(programs: readonly URL[]): Promise<Todo[]> {
  const folders = new Set(programs.map((file) => new URL("./", file).href));
  const modules = await Promise.all([...folders].map(modulesIn));
  const todos: Todo[] = [];
  for (const file of [...programs, ...modules.flat()]) {
    const text = await Deno.readTextFile(file).catch(() => "");
    for (const [i, line] of text.split("\n").entries()) {
      const todo = /\/\/\s*(TODO.*)/.exec(line)?.[1];
      if (todo) todos.push({ place: `${placeOf(file)}:${i + 1}`, text: todo });
    }
  }
  return todos;
}

/** The modules in an answer's folder, by name: its code, but for the two programs. None where the folder has just gone. */
async function modulesIn(folder: string): Promise<URL[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(new URL(folder))) {
      const isProgram = name === "server.ts" || name === "client.ts";
      if (isFile && name.endsWith(".ts") && !isProgram) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort().map((name) => new URL(encodeURIComponent(name), folder));
}
