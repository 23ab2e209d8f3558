/**
 * The HTML of a deck and of the index: files that need no other file and no network.
 *
 * @module
 */
import notes from "reveal.js/plugin/notes" with { type: "text" };
import revealStyle from "reveal.js/reveal.css" with { type: "text" };
import reveal from "reveal.js" with { type: "text" };
import { stripTypeScriptTypes } from "node:module";
import fitScript from "./fit_script.ts" with { type: "text" };
import { escapeMarkup } from "../browser/markup.ts";
import type { Deck, Slide } from "./deck.ts";

/** Reloads a page that is served when something has changed. */
const LIVE = `<script>
new EventSource("changes").onmessage = () => location.reload();
</script>`;

/** How a page is made. */
export interface HtmlOptions {
  /** Our own style sheet. */
  readonly theme: string;
  /** Whether it is served, and reloads itself. */
  readonly isLive: boolean;
  /** Where a deck finds its lesson's page; beside it, as {@linkcode lessonHtml} makes it, unless told otherwise. */
  readonly pageOf?: (name: string) => string;
}

/** A deck as one page. It prints itself, one slide a page, with `?view=print` behind its address. */
export function deckHtml(
  deck: Deck,
  { theme, isLive, pageOf = (name) => `${name}.page.html` }: HtmlOptions,
): string {
  // Modules as URLs that hold them: they may contain what would end a script.
  const modules = {
    imports: {
      "reveal.js": moduleUrl(reveal),
      "reveal.js/plugin/notes": moduleUrl(notes),
    },
  };
  return htmlOf({
    title: deck.title,
    head: `<!-- reveal.js, Copyright Hakim El Hattab, under the MIT licence -->
<style>
${revealStyle}
${theme}
</style>
<script type="importmap">
${JSON.stringify(modules)}
</script>`,
    body: `<div class="reveal">
<div class="slides">
${deck.slides.map((slide) => section(slide, pageOf(deck.name))).join("\n")}
</div>
</div>
<script>
${stripTypeScriptTypes(fitScript).replaceAll("</", "<\\/")}
</script>
<script type="module">
import Reveal from "reveal.js";
import Notes from "reveal.js/plugin/notes";
await Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  maxScale: 4,
  center: false,
  controls: false,
  slideNumber: "c/t",
  showSlideNumber: "all",
  hash: true,
  transition: "none",
  pdfSeparateFragments: false,
  scrollActivationWidth: null,
  defaultTiming: 60,
  plugins: [Notes],
});
globalThis.Reveal = Reveal;
document.documentElement.dataset.isReady = "true";
</script>
${isLive ? LIVE : ""}`,
  });
}

/** One row of the index. */
export interface IndexRow {
  /** The deck's name, `01_single_shot`. */
  readonly name: string;
  /** The deck, or what is wrong with it. */
  readonly deck: Deck | string;
}

/** The list of all decks, with their minutes. */
export function indexHtml(
  rows: readonly IndexRow[],
  { theme, isLive }: HtmlOptions,
): string {
  const decks = rows.flatMap(({ deck }) =>
    typeof deck === "string" ? [] : [deck]
  );
  const total = decks.reduce((sum, { minutes }) => sum + minutes, 0);
  const cells = rows.map(({ name, deck }) => {
    const link = (text: string) => `<a href="${name}.html">${text}</a>`;
    const number = name.slice(0, 2);
    return typeof deck === "string"
      ? `<tr><td>${number}</td><td>${
        link(name)
      }</td><td colspan="2">broken</td></tr>`
      : `<tr><td>${number}</td><td>${
        link(escapeMarkup(deck.title))
      }</td><td>${deck.slides.length}</td><td>${deck.minutes}</td></tr>`;
  });
  return htmlOf({
    title: "Slides",
    head: `<style>\n${theme}\n</style>`,
    body: `<main class="index">
<h1>Slides</h1>
<table>
<thead><tr><th>No.</th><th>deck</th><th>slides</th><th>minutes</th></tr></thead>
<tbody>
${cells.join("\n")}
</tbody>
<tfoot><tr><td></td><td>all</td><td>${
      decks.reduce((sum, { slides }) => sum + slides.length, 0)
    }</td><td>${total}</td></tr></tfoot>
</table>
<p>In a deck: the arrow keys turn the page, <kbd>S</kbd> opens the speaker view with the notes, <kbd>F</kbd> the full screen, <kbd>?</kbd> the list of all keys.</p>
</main>
${isLive ? LIVE : ""}`,
  });
}

/** A lesson's page. @param body What `page.ts` has made of it. */
export function lessonHtml(
  name: string,
  body: string,
  { theme, isLive }: HtmlOptions,
): string {
  return htmlOf({
    title: name,
    head: `<style>\n${theme}\n</style>`,
    body: `<main class="index page">
<p><a href="${name}.html">the slides</a></p>
${body}
</main>
${isLive ? LIVE : ""}`,
  });
}

/** What is wrong with a deck, as a page that waits for the next change. */
export function brokenHtml(
  problems: readonly string[],
  { theme, isLive }: HtmlOptions,
): string {
  return htmlOf({
    title: "Broken deck",
    head: `<style>\n${theme}\n</style>`,
    body: `<main class="index">
<h1>Broken deck</h1>
<ul>
${problems.map((problem) => `<li>${escapeMarkup(problem)}</li>`).join("\n")}
</ul>
</main>
${isLive ? LIVE : ""}`,
  });
}

function section(
  { html, note, minutes, layout, section }: Slide,
  page: string,
): string {
  const where = section
    ? `\n<a class="where" href="${page}#${section.anchor}">page: ${
      escapeMarkup(section.text)
    }</a>`
    : "";
  return `<section data-timing="${minutes * 60}">
<div class="slide ${layout}">
${html}${where}
</div>
<aside class="notes">
${note}</aside>
</section>`;
}

function htmlOf(
  { title, head, body }: { title: string; head: string; body: string },
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

function moduleUrl(source: string): string {
  const bytes = new TextEncoder().encode(source);
  return `data:text/javascript;base64,${bytes.toBase64()}`;
}
