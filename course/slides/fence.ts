/**
 * The fences of a deck: code, commands and pictures, by reference to files of
 * the course.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { type Block, LANGUAGES } from "./code.ts";
import {
  paintFigure,
  runLadder,
  type Runs,
  showBars,
  showFigure,
  takeLesson,
} from "./figure.ts";
import { drawSequence } from "./mermaid.ts";
import { mustExist } from "./must_exist.ts";
import { Problem } from "./problem.ts";
import { readReference, readWords, type Word } from "./reference.ts";

/** A fence as it stands in a deck. */
export interface Fence {
  /** What stands behind its mark. */
  readonly info: string;
  /** What stands in it. */
  readonly content: string;
}

/** What a fence shows: a picture as HTML, or code. */
export async function readFence(
  { info, content }: Fence,
  title: string,
  runs: Runs,
): Promise<string | Block> {
  const words = readWords(info);
  const language = words.shift()?.text ?? "";
  if (language === "wire") {
    const last = words.at(-1);
    const builds = last?.text === "build" && !last.isQuoted;
    if (builds) words.pop();
    return paintFigure(await runLadder(words, runs), title, builds);
  }
  if (language === "figure") {
    return await showFigure(words.map(({ text }) => text).join(" "));
  }
  if (language === "verdict") {
    const lines = await runs.verdictOn(takeLesson(language, words));
    return { language: "console", lines, marked: [">  "] };
  }
  if (!["mermaid", "bars", ...LANGUAGES].includes(language)) {
    throw new Problem(
      `a fence "${language}" is not known; known are: bars, figure, mermaid, verdict, wire, ${
        LANGUAGES.join(", ")
      }`,
    );
  }
  const inside = content.trimEnd();
  const isReference = words[0] !== undefined && words[0].text !== "mark";
  const lines = isReference
    ? await readOutside(words, inside)
    : await readInside(language, inside);
  if (language === "mermaid") {
    if (words[0]) throw new Problem(`${words[0].text} is one word too many`);
    return paintFigure(drawSequence(lines), title);
  }
  if (language === "bars") return showBars(lines, title);
  const isBare = words[0]?.text === "bare" && !words[0].isQuoted;
  if (isBare) words.shift();
  return {
    language,
    lines: isBare ? withoutComments(lines) : lines,
    marked: readMarks(words),
  };
}

async function readOutside(
  words: Word[],
  inside: string,
): Promise<readonly string[]> {
  if (inside !== "") {
    throw new Problem("a fence that refers to a file must be empty");
  }
  const { lines, place } = await readReference(words);
  if (lines.some((line) => line.startsWith("```"))) {
    throw new Problem(`the lines from ${place} on go beyond their fence`);
  }
  return lines;
}

async function readInside(
  language: string,
  inside: string,
): Promise<readonly string[]> {
  if (inside === "") throw new Problem("the fence is empty");
  if (!["mermaid", "sh", "text"].includes(language)) {
    throw new Problem(
      `code is not pasted: write \`\`\`${language} path/to/file "words in the first line" .. "words in the last line"`,
    );
  }
  const lines = inside.split("\n");
  if (language === "sh") await checkCommands(lines);
  return lines;
}

/** The words behind each `mark`. */
function readMarks(words: readonly Word[]): string[] {
  return words.flatMap(({ text, isQuoted }, i) => {
    const isRight = i % 2 === 0 ? text === "mark" && !isQuoted : isQuoted;
    if (!isRight) {
      throw new Problem(
        `${text} is not known here: after the lines come bare and mark "text"`,
      );
    }
    if (i === words.length - 1 && !isQuoted) {
      throw new Problem(`mark needs a "text" behind it`);
    }
    return isQuoted ? [text] : [];
  });
}

/** Code without its comments, which make it small on a slide. */
function withoutComments(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^\s*\/\/ /.test(line))
    .map((line) => line.replace(/(?<=\S)\s+(\/\/|#) .*$/, ""));
}

/** Commands to type: the tasks and files in them must be there. */
async function checkCommands(lines: readonly string[]): Promise<void> {
  const config: unknown = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", root)),
  );
  const tasks = config !== null && typeof config === "object" &&
      "tasks" in config && config.tasks !== null &&
      typeof config.tasks === "object"
    ? Object.keys(config.tasks)
    : [];
  for (const line of lines) {
    const task = /\bdeno task (\w+)/.exec(line)?.[1];
    if (task !== undefined && !tasks.includes(task)) {
      throw new Problem(`there is no task ${task}`);
    }
    for (const [path] of line.matchAll(/\b(lessons|solutions|tests)\/\S+/g)) {
      await mustExist(new URL(path, root), path);
    }
  }
}
