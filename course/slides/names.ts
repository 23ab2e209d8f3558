/**
 * Which decks there are.
 *
 * @module
 */
import { root } from "@lessons/places.ts";

/** Where the decks are. */
export const decksFolder = new URL("slides/", root);

/** The names of the decks that are there, in order. */
export async function deckNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(decksFolder)) {
    if (/^\d\d_\w+\.md$/.test(name)) names.push(name.replace(".md", ""));
  }
  return names.sort();
}
