/**
 * The course's Markdown pages as HTML of the site.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { type Heading, headings } from "../markdown.ts";
import { readScenes, type Scene } from "../scenes.ts";
import { LANGUAGES, paintLines } from "../slides/code.ts";
import { paintPage } from "../slides/page.ts";
import { placeOfFile, upFrom } from "./paths.ts";

/** A page's text as HTML, and what is in it. */
export interface Rendered {
  /** Its sections, each a `<section>` with its heading in it. */
  readonly html: string;
  /** Its headings of the levels 1 and 2. */
  readonly contents: readonly Heading[];
  /** What its first heading says. */
  readonly title: string;
}

/**
 * Renders a page.
 *
 * @param file Its path in the course.
 * @param place Where the site has it.
 * @param hasScenes Whether its commands and runs are marked, so that they can be run and stepped through.
 */
export async function renderPage(
  file: string,
  text: string,
  place: string,
  hasScenes: boolean,
): Promise<Rendered> {
  const contents = headings(text).filter(({ level }) => level <= 2);
  const scenes = hasScenes ? readScenes(text) : [];
  const firstLines = scenes.map((scene) => scene.map(({ line }) => line));
  let runs = 0;
  const html = await paintPage(text, {
    link: (href) => linkFrom(place, file, href),
    picture: (src) => linkFrom(place, file, src) ?? "",
    fence(info, content, line) {
      const [language = "", kind] = info.split(" ");
      const code = codeHtml(language, content);
      if (!hasScenes) return code;
      if (language === "text" && kind === "wire") {
        return wireHtml(place, ++runs, code);
      }
      const lines = content.split("\n");
      const at = lines.findIndex((one) => one.startsWith("$ "));
      const scene = firstLines.findIndex((one) => one.includes(line + 1 + at));
      return language === "console" && at >= 0 && scene >= 0
        ? `<div class="shown" data-scene="${scene}" data-line="${
          line + 1 + at
        }"${isVaried(scenes[scene], line + 1 + at)}>${code}</div>\n`
        : code;
    },
  });
  const title = contents.find(({ level }) => level === 1)?.text ?? file;
  // Which side a table's column keeps to: a page's policy takes it as a class only.
  // And a heading of nothing is none.
  const classed = html
    .replaceAll(/ style="text-align:(\w+)"/g, ' class="$1"')
    .replaceAll(/<th([^>]*)><\/th>/g, "<td$1></td>");
  return { html: inSections(classed), contents, title };
}

/** A section of a page as HTML: what stands under a heading, up to the next of its level. Empty where there is no such heading. */
export async function renderSection(
  file: string,
  heading: string,
  place: string,
): Promise<string> {
  const text = await Deno.readTextFile(new URL(file, root));
  const all = headings(text);
  const start = all.find((one) => one.text === heading);
  if (!start) return "";
  const end = all.find(({ line, level }) =>
    line > start.line && level <= start.level
  );
  const lines = text.split("\n").slice(start.line, end && end.line - 1);
  const { html } = await renderPage(file, lines.join("\n"), place, false);
  // What is in it has an anchor on its own page; here a second one would be in the way.
  return html.replaceAll(/ id="[^"]*"/g, "");
}

/** Code as HTML. */
export function codeHtml(language: string, content: string): string {
  const lines = content.replace(/\n$/, "").split("\n");
  const known = language === "python" ? "py" : language;
  const painted = LANGUAGES.includes(known)
    ? paintLines(known, lines)
    : lines.map(escapeMarkup);
  return `<pre tabindex="0" class="code"><code>${
    painted.join("\n")
  }</code></pre>\n`;
}

/** Where a link of a file leads from the page that shows it; `undefined` where the site has nothing there. */
function linkFrom(
  place: string,
  file: string,
  href: string,
): string | undefined {
  if (/^https?:/.test(href)) return href;
  const own = placeOfFile(file);
  // What shows only a part of a file leads to the rest of it.
  if (href.startsWith("#")) return own === place ? href : `${own}${href}`;
  const url = new URL(href, new URL(file, root));
  if (!url.href.startsWith(root.href)) return undefined;
  const path = url.href.slice(root.href.length).replace(/[?#].*$/, "");
  const target = placeOfFile(path);
  return target === undefined
    ? undefined
    : `${upFrom(place)}${target}${url.hash}`;
}

/** Says where a block's numbers differ from run to run. */
function isVaried(scene: Scene | undefined, line: number): string {
  const shown = scene?.find((one) => one.line === line);
  return shown?.varies ? " data-varies" : "";
}

/** The run of a fence `text wire`, to be stepped through; the fence itself for print and for who wants text. */
function wireHtml(place: string, number: number, code: string): string {
  const name = place.replace(".html", "");
  const source = `${upFrom(place)}wire/${name}.${number}.html`;
  return `<div class="wire" data-run="${number}">
<iframe src="${source}" title="The run, step by step" loading="lazy"></iframe>
<details><summary>As text</summary>
${code}</details></div>\n`;
}

/** Puts each heading of level 2, with what follows it, into a section of its own. */
function inSections(html: string): string {
  return html.split(/(?=<h2 id=")/).map((part) => {
    const id = /^<h2 id="([^"]*)"/.exec(part)?.[1];
    return id === undefined
      ? part
      : `<section aria-labelledby="${id}">\n${part}</section>\n`;
  }).join("");
}
