/**
 * Where figures are: a text and the picture of it in the folder `figures/` of a
 * lesson, and on that lesson's pages.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { writeWhole } from "../../kit/whole_file.ts";
import { type Figure, paintFigure, readFigure } from "./figure.ts";

/** The texts of all figures: `lessons/05_sticky_packets/figures/deadlock.txt`, in order. */
export async function figureFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(lessonsFolder)) {
    if (isDirectory) files.push(...await textsIn(`lessons/${name}/figures`));
  }
  return files.toSorted();
}

const lessonsFolder = new URL("lessons/", root);

async function textsIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(new URL(folder, root)));
    return entries.map(({ name }) => `${folder}/${name}`)
      .filter((file) => file.endsWith(".txt"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** The picture's file. @param file Its text's. */
export function pictureOf(file: string): string {
  return file.replace(/txt$/, "svg");
}

/** The figure that a file tells of. @throws {FigureProblem} Where it cannot be drawn. */
export async function loadFigure(file: string): Promise<Figure> {
  return readFigure(await Deno.readTextFile(new URL(file, root)));
}

/**
 * Draws a figure anew, and writes into its lesson's pages what it is about.
 *
 * @param file Its text's.
 * @throws {FigureProblem} Where it cannot be drawn.
 */
export async function drawFigure(file: string): Promise<void> {
  const figure = await loadFigure(file);
  const picture = pictureOf(file);
  await writeWhole(new URL(picture, root), paintFigure(figure));
  const [, folder = "", name = ""] = /^(.*\/)(figures\/.*)$/.exec(picture) ??
    [];
  for await (const entry of Deno.readDir(new URL(folder, root))) {
    if (!entry.name.endsWith(".md")) continue;
    const url = new URL(folder + entry.name, root);
    const page = await Deno.readTextFile(url);
    const captioned = page.replaceAll(
      /!\[[^\]]*\]\(([^)]*)\)/g,
      (image, target: string) =>
        target === name ? `![${figure.caption.description}](${name})` : image,
    );
    if (captioned !== page) await writeWhole(url, captioned);
  }
}
