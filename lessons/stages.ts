/**
 * The stages of an exercise, as its page has them: headings over its numbered
 * sentences.
 *
 * Each check reads them, and needs no package for it: so the page is read line
 * by line, and not as Markdown.
 *
 * @module
 */
import { lessonFolder } from "./places.ts";

/** A part of an exercise, at whose end something works. */
export interface Stage {
  /** 1 for the first. */
  readonly number: number;
  /** What its heading calls it. */
  readonly name: string;
  /** The numbers of its sentences. */
  readonly sentences: readonly number[];
}

/** The stages of the exercise on a page; none where it is all of one piece. */
export function readStages(page: string): Stage[] {
  const [, exercise = ""] = page.split(/^## Exercise$/m);
  const [text = ""] = exercise.replace(/^```[\s\S]*?^```$/gm, "")
    .split(/^## /m);
  return text.split(/^### /m).flatMap((part) => {
    const [, number, name = ""] = /^Stage (\d+): (.+)/.exec(part) ?? [];
    const sentences = [...part.matchAll(/^(\d+)\. /gm)].map(([, n]) =>
      Number(n)
    );
    return number === undefined
      ? []
      : [{ number: Number(number), name, sentences }];
  });
}

/** The stages of a lesson's exercise. @param lesson The lesson's name, `NN_name`. */
export function stagesOf(lesson: string): Stage[] {
  const page = new URL("README.md", lessonFolder(lesson));
  return readStages(Deno.readTextFileSync(page));
}
