/**
 * What the learner has passed: `.course/progress.json`, which git ignores.
 *
 * @module
 */
import { root } from "./terminal.ts";

const folder = new URL(".course/", root);
const file = new URL("progress.json", folder);

/** The names of the lessons that were passed, each with the moment it was, as ISO 8601 text. */
export type Progress = Readonly<Record<string, string>>;

/** Reads the progress; nothing, or a file that is not one, is no progress yet. */
export async function readProgress(): Promise<Progress> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  const progress = parse(text);
  if (progress) return progress;
  const aside = new URL(`progress.broken-${Date.now()}.json`, folder);
  await Deno.rename(file, aside);
  console.error(
    `.course/progress.json could not be read; it was set aside as ${
      aside.pathname.split("/").at(-1)
    }`,
  );
  return {};
}

/** Notes that a lesson is passed. The first time counts. */
export async function notePassed(lesson: string): Promise<void> {
  const progress = await readProgress();
  if (lesson in progress) return;
  const passed = { ...progress, [lesson]: new Date().toISOString() };
  await Deno.mkdir(folder, { recursive: true });
  // Written beside it and renamed: the file is whole at every moment.
  const draft = new URL(`progress.${crypto.randomUUID()}.tmp`, folder);
  await Deno.writeTextFile(draft, JSON.stringify({ passed }, null, 2) + "\n");
  await Deno.rename(draft, file);
}

function parse(text: string): Progress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (!("passed" in value)) return undefined;
  const { passed } = value;
  if (typeof passed !== "object" || passed === null) return undefined;
  const entries = Object.entries(passed);
  return entries.every(([, when]) => typeof when === "string")
    ? Object.fromEntries(entries)
    : undefined;
}
