/**
 * The board's page: for the instructor, and for the projector and the room.
 *
 * @module
 */
import { page } from "../browser/page_server.ts";
import { paintScriptPage } from "../browser/script_page.ts";
import type { Idea, Known, KnownLesson } from "./known.ts";

/** What the page's script reads at its start. */
export interface BoardData {
  /** Whose page it is: the instructor's can show names, and lower hands. */
  readonly kind: "board" | "room";
  /** The course's lessons, in their order. */
  readonly lessons: readonly KnownLesson[];
  /** The misunderstandings, by whose places a seat names them. */
  readonly ideas: readonly Idea[];
}

const TITLE = "Class board";

/** Paints a page. @param kind Whose it is. */
export async function paintBoard(
  kind: BoardData["kind"],
  { lessons, ideas }: Known,
): Promise<Response> {
  const [style = "", source = ""] = await Promise.all(
    ["page_style.css", "page_script.ts"].map((name) =>
      Deno.readTextFile(new URL(name, import.meta.url))
    ),
  );
  const data: BoardData = { kind, lessons, ideas };
  const html = await paintScriptPage({
    title: TITLE,
    body: BODY,
    style,
    source,
    data,
    asks: true,
  });
  return page(html, "none");
}

const BODY = `<header>
<h1>${TITLE}</h1>
<p id="state" role="status"></p>
<p class="keys"><button type="button" id="names" aria-pressed="false" title="n" hidden>Names</button>
<a id="csv" hidden>CSV</a> <a id="json" hidden>JSON</a></p>
</header>
<main>
<section aria-labelledby="h-lessons" class="lessons">
<h2 id="h-lessons">Lessons</h2>
<table><thead><tr><th scope="col">lesson</th><th scope="col">passed ✓</th><th scope="col">at work</th><th scope="col">stages</th></tr></thead><tbody id="lessons"></tbody></table>
</section>
<section aria-labelledby="h-ideas" class="ideas">
<h2 id="h-ideas">What they take for true</h2>
<ol id="ideas"></ol>
</section>
<section aria-labelledby="h-stuck">
<h2 id="h-stuck">Stuck <small>3 times the same, 8 min</small></h2>
<ul id="stuck"></ul>
</section>
<section aria-labelledby="h-hands" class="hands">
<h2 id="h-hands">Hands up</h2>
<ul id="hands"></ul>
</section>
<section aria-labelledby="h-helpers">
<h2 id="h-helpers">Could help</h2>
<ul id="helpers"></ul>
</section>
<section aria-labelledby="h-time" class="time">
<h2 id="h-time">Exercises passed, over time</h2>
<svg id="time" viewBox="0 0 600 150" role="img" aria-labelledby="time-text"><title id="time-text"></title></svg>
</section>
<section aria-labelledby="h-everybody" class="everybody">
<h2 id="h-everybody">Everybody <small>✓ passed, 1/3 stages reached, · at work, ! stuck</small></h2>
<table id="everybody"><thead></thead><tbody></tbody></table>
</section>
</main>
<noscript><p>This page shows its room with a script. Allow scripts for it.</p></noscript>`;
