/**
 * The page of an exercise: what is asked, the files in an editor, the verdict.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { starterFolder } from "@lessons/places.ts";
import { stagesOf } from "@lessons/stages.ts";
import { escapeMarkup } from "../browser/markup.ts";
import { hintsOf } from "../hints.ts";
import { noteHints, readProgress } from "../progress.ts";
import { titleOf } from "../user/lesson.ts";
import { readAnswer } from "./answer_files.ts";
import type { ShownStage } from "./client/verdict.ts";
import type { Code } from "./code.ts";
import { renderPage, renderSection } from "./render.ts";
import { type PageData, paintShell } from "./shell.ts";

/** A hint that was shown. */
export interface ShownHint {
  /** From 1. */
  readonly number: number;
  /** What it says, as HTML. */
  readonly html: string;
}

/** What the page's script reads. */
export interface ExerciseData extends PageData {
  /** The lesson's name. */
  readonly lesson: string;
  /** The exercise's stages; none where it is all of one piece. */
  readonly stages: readonly ShownStage[];
  /** The hints that were shown so far, and how many there are. */
  readonly hints: {
    readonly count: number;
    readonly shown: readonly ShownHint[];
  };
  /** Whether it was passed before. */
  readonly isPassed: boolean;
  /** What the editor's styles are known by. */
  readonly nonce: string;
}

/** Paints the page. @param bar The ways to the lesson's other pages, as HTML. */
export async function paintExercise(
  lesson: Lesson,
  bar: string,
  code: Code,
): Promise<string> {
  const { name } = lesson;
  const place = `${name}.exercise.html`;
  const nonce = crypto.getRandomValues(new Uint8Array(16)).toBase64();
  const { passed, hints: { [name]: shown = 0 } } = await readProgress();
  const hints = await hintsOf(lesson);
  const isPassed = name in passed;
  const data: ExerciseData = {
    isLive: true,
    up: "",
    lesson: name,
    stages: stagesOf(name).map(({ number, name }) => ({ number, name })),
    hints: {
      count: hints.length,
      shown: await Promise.all(
        hints.slice(0, shown).map((text, i) => hintOf(lesson, i + 1, text)),
      ),
    },
    isPassed,
    nonce,
  };
  const file = `lessons/${name}/README.md`;
  const isFresh = !isPassed && await isUntouched(name);
  const task = await renderSection(file, "Exercise", place);
  return await paintShell({
    place,
    title: `Exercise of ${titleOf(lesson)}`,
    script: "exercise",
    data: { ...data },
    bar,
    nonce,
    body: `<main id="main" class="workshop" tabindex="-1">
<h1>Exercise: ${escapeMarkup(lesson.title)}</h1>
<section id="files" aria-label="Your files"><noscript><p>The editor and the verdict are made by a script. Allow scripts for this page, or use an editor of your own and <code>deno task check ${lesson.number} --watch</code>.</p></noscript></section>
<div class="beside${isFresh ? " fresh" : ""}">
<nav class="jumps" aria-label="Beside the editor"><a href="#asked">What is asked</a> <a href="#verdict">The verdict</a> <a href="#hints">Hints</a> <a href="#pair">Your pair on the wire</a></nav>
<section id="verdict" aria-label="Verdict">
<p id="summary" data-state="waits">checking…</p>
<p id="said" class="unseen" role="status"></p>
<p id="again" class="marks"></p>
<p id="compare"${
      isPassed ? "" : " hidden"
    }><span id="passed">You passed before.</span> <a href="${name}.compare.html">Compare your answer with ours</a>.</p>
<div id="notices"></div>
<div id="failures"></div>
<details id="types" hidden></details>
<div id="cases" role="region" aria-label="The cases" tabindex="0"></div>
</section>
<section id="hints" aria-label="Hints"></section>
<section id="pair" aria-label="Your pair on the wire"></section>
<section id="asked" aria-label="What is asked"><details id="task" open><summary><b>What is asked</b></summary>
${task}</details></section>
</div>
</main>`,
  }, code);
}

/** Whether an answer is as the starter, or not there yet: then one reads first what is asked. */
async function isUntouched(name: string): Promise<boolean> {
  const files = await readAnswer(name);
  const isStarter = files.map(async (file) => {
    const url = new URL(file.name, starterFolder(name));
    const text = await Deno.readTextFile(url).catch(() => undefined);
    return text === file.text;
  });
  return (await Promise.all(isStarter)).every((is) => is);
}

/** The next hint, which is noted as shown; the last one again where there are no more. */
export async function nextHint(lesson: Lesson): Promise<ShownHint> {
  const hints = await hintsOf(lesson);
  const { hints: { [lesson.name]: shown = 0 } } = await readProgress();
  const number = Math.min(shown + 1, hints.length);
  await noteHints(lesson.name, number);
  return await hintOf(lesson, number, hints[number - 1] ?? "");
}

async function hintOf(
  { name }: Lesson,
  number: number,
  text: string,
): Promise<ShownHint> {
  const file = `lessons/${name}/hints.md`;
  const { html } = await renderPage(
    file,
    text,
    `${name}.exercise.html`,
    false,
  );
  return { number, html };
}
