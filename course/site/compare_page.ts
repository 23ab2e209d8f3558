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

/** A difference in two columns: each line of yours beside the one of ours that stands in its place. */
function paintColumns(lines: readonly string[]): string {
  const rows: string[] = [];
  const cell = (line = "", style = line === "" ? "none" : "") =>
    `<td class="${style}">${escapeMarkup(line)}</td>`;
  let yours: string[] = [];
  let ours: string[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(yours.length, ours.length); i++) {
      rows.push(
        cell(yours[i], yours[i] && "removed") +
          cell(ours[i], ours[i] && "added"),
      );
    }
    yours = [];
    ours = [];
  };
  for (const line of lines) {
    if (line.startsWith("-")) yours.push(line);
    else if (line.startsWith("+")) ours.push(line);
    else {
      flush();
      const style = line.startsWith("@@") ? "dim" : "";
      rows.push(cell(line, style) + cell(line, `${style} again`));
    }
  }
  flush();
  return `<table class="columns">
<thead><tr><th>Yours</th><th>Ours</th></tr></thead>
<tbody>${rows.map((row) => `<tr>${row}</tr>`).join("\n")}</tbody></table>`;
}
