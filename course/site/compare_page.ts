/**
 * Our answer to an exercise beside the learner's, as a page.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { type Compared, compareWithOurs } from "../compare.ts";
import { readProgress } from "../progress.ts";
import { titleOf } from "../user/lesson.ts";
import type { Code } from "./code.ts";
import { codeHtml } from "./render.ts";
import { type PageData, paintShell } from "./shell.ts";

/** Paints the page. Who has not passed has to say that he wants to see it all the same. @param bar The ways to the lesson's other pages, as HTML. */
export async function paintComparison(
  lesson: Lesson,
  bar: string,
  code: Code,
): Promise<string> {
  const { name } = lesson;
  const { passed } = await readProgress();
  const files = (await compareWithOurs(name)).map(paintFile).join("\n");
  const why =
    `<p><a href="${name}.solution.html">Why it is done this way</a></p>`;
  const title = `Our answer to ${titleOf(lesson)}, beside yours`;
  const data: PageData = { isLive: true, up: "" };
  return await paintShell({
    place: `${name}.compare.html`,
    title,
    script: "plain",
    data: { ...data },
    bar,
    body: `<div class="page"><main id="main" tabindex="-1">
<h1>${escapeMarkup(title)}</h1>
${
      name in passed
        ? why + files
        : `<p>You have not passed it yet. <a href="${name}.hints.html">A hint</a> helps more.</p>
<details><summary>Show our answer all the same</summary>
${why}${files}</details>`
    }
</main></div>`,
  }, code);
}

function paintFile({ name, ours, lines }: Compared): string {
  const heading = `<h2>${escapeMarkup(name)}</h2>`;
  if (!lines) {
    return `${heading}\n<p>You have no such file.</p>\n${codeHtml("ts", ours)}`;
  }
  if (lines.length === 0) return `${heading}\n<p>Yours is the same.</p>`;
  const painted = lines.map((line) => {
    const style = line.startsWith("+")
      ? "added"
      : line.startsWith("-")
      ? "removed"
      : line.startsWith("@@")
      ? "dim"
      : "";
    return `<span class="${style}">${escapeMarkup(line)}</span>`;
  });
  return `${heading}
<p>What begins with − is yours, with + ours.</p>
<pre tabindex="0" class="code"><code>${painted.join("\n")}</code></pre>`;
}
