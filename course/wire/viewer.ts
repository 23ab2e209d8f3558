/**
 * The viewer: a run as one HTML page that needs no other file and no network.
 *
 * The viewer is this skeleton, `viewer_style.css`, `viewer_script.ts` with its types
 * taken off, and the run as JSON. Its policy lets it load nothing, and run and
 * apply only that script and that style, which it knows by their hashes: what
 * a recording holds is text, whatever it looks like.
 *
 * @module
 */
import { paintScriptPage } from "../browser/script_page.ts";
import type { ViewerData } from "./viewer_data.ts";
import { escapeMarkup } from "../browser/markup.ts";

/** Paints a viewer. @param title What it is called. */
export async function paintViewer(
  title: string,
  data: ViewerData,
): Promise<string> {
  const [style = "", source = ""] = await Promise.all(
    ["viewer_style.css", "viewer_script.ts"].map((name) =>
      Deno.readTextFile(new URL(name, import.meta.url))
    ),
  );
  const asks = data.live !== undefined;
  return await paintScriptPage({
    title,
    style,
    source,
    data,
    asks,
    body: bodyOf(title),
  });
}

const STEPS = `<div class="steps" role="region" aria-label="Step by step">
<div class="buttons">
<button type="button" id="first" title="Home">First</button>
<button type="button" id="previous" title="Arrow up, or k">Previous</button>
<button type="button" id="next" title="Arrow down, or j">Next</button>
<button type="button" id="last" title="End">Last</button>
<button type="button" id="play" title="p">Play</button>
<select id="speed" aria-label="How fast it plays">
<option value="step">a step a second</option>
<option value="100">100 times slower</option>
<option value="10">10 times slower</option>
<option value="1">as fast as it was</option>
</select>
<label><input type="checkbox" id="one-by-one"> Hide what comes later</label>
</div>
<label class="time-line"><span id="when"></span><input type="range" id="place" min="0" value="0" aria-label="Step"></label>
</div>`;

const FILTER =
  `<div class="tools" role="search" aria-label="Filter" id="filter">
<label>Filter <input type="search" id="words" title="/" autocomplete="off" spellcheck="false"></label>
<label>of <select id="about" aria-label="Connection"></select></label>
<label>show <select id="kinds" aria-label="Kind of step">
<option value="all">all steps</option>
<option value="bytes">bytes only</option>
<option value="calls">calls only</option>
<option value="alarms">trouble only</option>
<option value="prints">printed and typed</option>
</select></label>
<span id="count" role="status"></span>
</div>`;

/** The page's skeleton. */
function bodyOf(title: string): string {
  return `<header>
<h1>${escapeMarkup(title)}</h1>
<p id="state" role="status"></p>
<button type="button" id="again" hidden>Run again</button>
</header>
${FILTER}
${STEPS}
<main>
<section aria-label="What happened, in order">
<div class="heads"><span>ms</span><p><b id="client"></b><b id="server"></b></p><b class="system" title="written and not yet read">in the system</b></div>
<div id="rows"></div>
<p id="none" hidden><span></span> <button type="button" id="all">Show all steps</button></p>
<p id="window" hidden><button type="button" id="earlier">Earlier steps</button> <span id="range"></span> <button type="button" id="later">Later steps</button></p>
<ul id="foot"></ul>
<p id="print-note" hidden></p>
</section>
<aside id="detail" aria-label="The chosen step" tabindex="-1"></aside>
</main>
<p id="said" class="unseen" aria-live="polite"></p>
<noscript><p>This page shows its run with a script. Allow scripts, or run <code>deno task wire</code> with the recording.</p></noscript>`;
}
