/**
 * Our answer to an exercise beside the learner's, as a page.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { plain } from "../../kit/plain.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { type Compared, compareWithOurs } from "../compare.ts";
import { readProgress } from "../progress.ts";
import { titleOf } from "../user/lesson.ts";
import { type AnswerFile, readAnswer } from "./answer_files.ts";
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
  const compared = await compareWithOurs(name);
  const files = [
    ...compared.map(paintFile),
    ...(await readAnswer(name))
      .filter((own) => !compared.some((one) => one.name === own.name))
      .map(paintOwn),
  ].join("\n");
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
    body: `<div class="page two"><main id="main" tabindex="-1">
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
  return `${heading}
<p>What begins with − is only in yours, with + only in ours.</p>
${paintColumns(lines)}`;
}

/** A file that only the learner has. */
function paintOwn({ name, text }: AnswerFile): string {
  const language = name.split(".").at(-1) ?? "";
  return `<h2>${escapeMarkup(name)}</h2>
<p>Only you have this file.</p>
${codeHtml(language, plain(text))}`;
}

/** A difference in two columns, what stands in both side by side. */
function paintColumns(lines: readonly string[]): string {
  const yours: string[] = [];
  const ours: string[] = [];
  const level = () => {
    while (yours.length < ours.length) yours.push("");
    while (ours.length < yours.length) ours.push("");
  };
  for (const line of lines) {
    const text = escapeMarkup(line);
    if (line.startsWith("-")) {
      yours.push(`<span class="removed">${text}</span>`);
    } else if (line.startsWith("+")) {
      ours.push(`<span class="added">${text}</span>`);
    } else {
      level();
      const both = line.startsWith("@@")
        ? `<span class="dim">${text}</span>`
        : text;
      yours.push(both);
      ours.push(both);
    }
  }
  level();
  const column = (title: string, of: readonly string[]) =>
    `<div><h3>${title}</h3>
<pre tabindex="0" class="code"><code>${of.join("\n")}</code></pre></div>`;
  return `<div class="columns">${column("Yours", yours)}${
    column("Ours", ours)
  }</div>`;
}
