/**
 * Where the course's files are in the site: one flat set of pages, and the
 * files that they show below them. All links are relative, so the site is the
 * same whether it is served or written into a folder.
 *
 * @module
 */
import { orientation } from "@lessons/catalogue.ts";

/** The pages that are no lesson's. */
const PAGES: Readonly<Record<string, string>> = {
  "README.md": "about.html",
  "LANGUAGES.md": "languages.html",
  "CONTRIBUTING.md": "contributing.html",
  [`lessons/${orientation.name}/words.md`]: "words.html",
};

/** What kinds of a lesson's files are pages. */
const LESSON_PAGES: readonly (readonly [file: RegExp, page: string])[] = [
  [/^lessons\/(\d\d_\w+)\/README\.md$/, "$1.html"],
  [/^lessons\/(\d\d_\w+)\/hints\.md$/, "$1.hints.html"],
  [/^solutions\/(\d\d_\w+)\/README\.md$/, "$1.solution.html"],
];

/** The files that are shown as they are. */
const SOURCE =
  /^(?:lessons|solutions|kit|std|course|slides|tests)\/(?:\w+\/)*\w[\w.]*\.(?:ts|py|md|txt|json|css)$/;
const FOLDER =
  /^(?:lessons|solutions|kit|std|course|slides|tests)\/(?:\w+\/)*$/;
const PICTURE = /^lessons\/(?:\w+\/)+\w+\.svg$/;

/** The page or file of the site that shows a file of the course; `undefined` where none does. @param file Its path: `lessons/01_single_shot/README.md`. */
export function placeOfFile(file: string): string | undefined {
  const page = PAGES[file];
  if (page !== undefined) return page;
  for (const [pattern, place] of LESSON_PAGES) {
    if (pattern.test(file)) return file.replace(pattern, place);
  }
  if (PICTURE.test(file)) return `files/${file}`;
  if (SOURCE.test(file)) return `source/${file}.html`;
  return FOLDER.test(file) ? `source/${file}index.html` : undefined;
}

/** What a page of the site shows: the path of a file or, with `/` at its end, a folder of the course; `undefined` where it shows none. */
export function fileOfPlace(place: string): string | undefined {
  const [, folder, source, picture] =
    /^(?:source\/(.*\/)index\.html|source\/(.*)\.html|files\/(.*))$/.exec(
      place,
    ) ?? [];
  const [, lesson = "", kind = ""] =
    /^(\d\d_\w+)(\.hints|\.solution)?\.html$/.exec(place) ?? [];
  const file = folder ?? source ?? picture ??
    (lesson === ""
      ? Object.keys(PAGES).find((file) => PAGES[file] === place)
      : kind === ".hints"
      ? `lessons/${lesson}/hints.md`
      : kind === ".solution"
      ? `solutions/${lesson}/README.md`
      : `lessons/${lesson}/README.md`);
  return file !== undefined && placeOfFile(file) === place ? file : undefined;
}

/** The way from a page up to the site's beginning: `../../`, or nothing. */
export function upFrom(place: string): string {
  return "../".repeat(place.split("/").length - 1);
}
