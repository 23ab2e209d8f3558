/**
 * The learner's own work: `answers/NN_name/`, made from the starters.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { answerFolder, root, starterFolder } from "@lessons/places.ts";
import { fromFileUrl } from "../kit/file_url.ts";

/** How a folder is called on the screen: from the course's root where it is in the course. */
export function placeOf(folder: URL): string {
  // Decoded, because what is encoded differs with who made the URL: [ and ], for two.
  const place = decodeURIComponent(folder.href);
  const home = decodeURIComponent(root.href);
  return place.startsWith(home)
    ? place.slice(home.length)
    : fromFileUrl(folder);
}

/**
 * Copies the starter's files that an answer does not have yet. What is there
 * is never touched; a file without a byte is what a full disk or a kill left of
 * a copy.
 *
 * @returns The names of the files that were made.
 */
export async function fillFromStarter(lesson: Lesson): Promise<string[]> {
  const from = starterFolder(lesson.name);
  const to = answerFolder(lesson.name);
  await Deno.mkdir(to, { recursive: true });
  const made: string[] = [];
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (!isFile) continue;
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

/** Something that is still to do. */
export interface Todo {
  /** Where: `server.ts:21`. */
  readonly place: string;
  /** What, as it stands there: `TODO: …`. */
  readonly text: string;
}

/**
 * What is still to do in an answer: each line with a `TODO`, in some of its
 * programs and in the modules beside them.
 *
 * @param programs Those that count: `server.ts`, `client.ts`, or both.
 */
export async function findTodos(
  folder: URL,
  programs: readonly string[],
): Promise<Todo[]> {
  const todos: Todo[] = [];
  for (const file of [...programs, ...await modulesIn(folder)]) {
    const text = await Deno.readTextFile(new URL(file, folder)).catch(() => "");
    for (const [i, line] of text.split("\n").entries()) {
      const todo = /\/\/\s*(TODO.*)/.exec(line)?.[1];
      if (todo) todos.push({ place: `${file}:${i + 1}`, text: todo });
    }
  }
  return todos;
}

/** The modules of an answer, by name: its code, but for the two programs. */
async function modulesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const isProgram = name === "server.ts" || name === "client.ts";
    if (isFile && name.endsWith(".ts") && !isProgram) names.push(name);
  }
  return names.sort();
}
