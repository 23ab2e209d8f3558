/**
 * A lesson's hints, from `hints.md`.
 *
 * A hint is printed as it stands, and `deno task hint` needs no package: so the
 * page is cut at its headings, `## 1`, and not read as Markdown.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { lessonFolder } from "@lessons/places.ts";

/** The texts of a lesson's hints, the gentlest first. */
export async function hintsOf({ name }: Lesson): Promise<string[]> {
  const page = new URL("hints.md", lessonFolder(name));
  const [, ...sections] = (await Deno.readTextFile(page)).split(/^## \d+$/m);
  return sections.map((text) => text.trim());
}
