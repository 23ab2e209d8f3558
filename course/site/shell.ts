/**
 * What all pages of the site have: a head with their policy, a bar with the
 * search, and what their script reads.
 *
 * @module
 */
import { frameOf, hashOf } from "../browser/script_page.ts";
import { type Code, type Module, versionOf } from "./code.ts";
import { upFrom } from "./paths.ts";

/** A page of the site. */
export interface Page {
  /** Where it is: `01_single_shot.html`. */
  readonly place: string;
  /** What it is called, as text. */
  readonly title: string;
  /** What stands in its bar beside the way home, as HTML. */
  readonly bar?: string;
  /** What stands in it, as HTML: `<main>` and what is beside that. */
  readonly body: string;
  /** The module that runs in it: `lesson`. */
  readonly script: string;
  /** What its script reads. */
  readonly data: PageData & Readonly<Record<string, unknown>>;
  /** Whether its script makes styles: then one who knows this word may. */
  readonly nonce?: string;
}

/** What each page's script knows. */
export interface PageData {
  /** Whether the course serves it: then it can run programs and keep things. */
  readonly isLive: boolean;
  /** The way to the site's beginning. */
  readonly up: string;
}

/** Paints a page. @param code The modules that it may run. */
export async function paintShell(page: Page, code: Code): Promise<string> {
  const { place, title, bar = "", body, script, data, nonce } = page;
  const up = upFrom(place);
  const modules = await code.modulesOf(script);
  const map = JSON.stringify({
    imports: Object.fromEntries(
      modules.map((module) => [
        module.name ?? `./${up}${module.path}`,
        `./${up}${addressOf(module)}`,
      ]),
    ),
    integrity: Object.fromEntries(
      modules.map((module) => [`./${up}${addressOf(module)}`, module.hash]),
    ),
  }).replaceAll("<", "\\u003c");
  const [own] = modules;
  const style = await code.style();
  const scripts = [await hashOf(map), ...modules.map(({ hash }) => hash)];
  const styles = [
    `'${await hashOf(style)}'`,
    ...(nonce === undefined ? [] : [`'nonce-${nonce}'`]),
  ];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map((hash) => `'${hash}'`).join(" ")}`,
    `style-src ${styles.join(" ")}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return frameOf({
    ...{ title, policy, style, data },
    head: `\n<script type="importmap">${map}</script>`,
    body: `<a class="skip" href="#main">To the page</a>
<header class="bar">
<nav aria-label="Course"><a href="${up}index.html">The course</a>${bar}</nav>
<search><label><span class="unseen">Search</span><input type="search" id="search" placeholder="Search  /" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list"></label>
<ul id="found" role="listbox" aria-label="Found" hidden></ul></search>
<button type="button" id="in-step" title="All windows of the course in this browser show the same place">In step</button>
<div class="sizes" role="group" aria-label="Size of letters"><button type="button" id="smaller" aria-label="A− smaller letters">A−</button><button type="button" id="larger" aria-label="A+ larger letters">A+</button></div>
</header>
${body}`,
    script: `<script type="module" src="${
      own ? `${up}${addressOf(own)}` : ""
    }" integrity="${own?.hash}"></script>`,
  });
}

/** Where a page asks for a module. */
function addressOf(module: Module): string {
  return `${module.path}?${versionOf(module)}`;
}
