/**
 * What the board knows of the course: lessons, stages, cases, and the
 * misunderstandings with what clears them up.
 *
 * A report is believed only as far as it names something that stands here. So
 * nothing that a learner writes reaches the projector.
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { lessonFolder, root } from "@lessons/places.ts";
import { stagesOf } from "@lessons/stages.ts";
import { COMMON } from "../../kit/common.ts";
import { countReached } from "../../kit/stages.ts";
import { loadCheck } from "../checking.ts";

/** A misunderstanding, and what clears it up. */
export interface Idea {
  /** Its name, a sentence. */
  readonly says: string;
  /** The page's path in the course. */
  readonly page: string;
  /** The heading there. */
  readonly heading: string;
  /** The first paragraph under that heading. */
  readonly paragraph: string;
  /** The slide of the lesson's deck whose title is that heading, counted from 1; absent where there is none. */
  readonly slide?: number;
}

/** A lesson, as the board shows it. */
export interface KnownLesson {
  /** `NN_name`. */
  readonly name: string;
  /** Its number. */
  readonly number: number;
  /** What people call it. */
  readonly title: string;
  /** How many stages its exercise has; 1 where it is all of one piece. */
  readonly stages: number;
  /** How many cases its check has. */
  readonly cases: number;
}

/** What the board knows of the course. */
export class Known {
  /** In their order. */
  readonly lessons: readonly KnownLesson[];
  /** All misunderstandings; the board names them by their places here. */
  readonly ideas: readonly Idea[];
  readonly #reached: ReadonlyMap<string, number>;
  readonly #ideaAt: ReadonlyMap<string, number>;

  private constructor(
    known: readonly KnownLesson[],
    ideas: readonly Idea[],
    reached: ReadonlyMap<string, number>,
  ) {
    this.lessons = known;
    this.ideas = ideas;
    this.#reached = reached;
    this.#ideaAt = new Map(ideas.map(({ says }, i) => [says, i]));
  }

  /** Reads the course. */
  static async load(): Promise<Known> {
    const known: KnownLesson[] = [];
    const ideas = new Map<string, Idea>();
    const reached = new Map<string, number>();
    for (const lesson of lessons) {
      const { name, number, title } = lesson;
      const { cases } = await loadCheck(lesson);
      const stages = stagesOf(name);
      for (const one of cases) {
        const count = stages.length === 0 ? 0 : countReached(stages, one);
        reached.set(`${name} ${one.name}`, count);
        for (const idea of [...one.known ?? [], ...COMMON]) {
          const told = idea.lesson ?? name;
          if (ideas.has(idea.says)) continue;
          ideas.set(idea.says, await clearedUp(idea.says, told, idea.read));
        }
      }
      const { length } = stages;
      known.push({
        name,
        number,
        title,
        stages: Math.max(1, length),
        cases: cases.length,
      });
    }
    return new Known(known, [...ideas.values()], reached);
  }

  /** A lesson by its name; `undefined` where there is none. */
  lesson(name: string): KnownLesson | undefined {
    return this.lessons.find((one) => one.name === name);
  }

  /** How many stages are reached where this case is the first that fails; `undefined` where there is no such case. */
  reachedBefore(lesson: string, failed: string): number | undefined {
    return this.#reached.get(`${lesson} ${failed}`);
  }

  /** The place of a misunderstanding in {@linkcode ideas}; `undefined` where it is not known. */
  ideaOf(says: string): number | undefined {
    return this.#ideaAt.get(says);
  }
}

/** What clears a misunderstanding up. */
async function clearedUp(
  says: string,
  lesson: string,
  heading: string,
): Promise<Idea> {
  const url = new URL("README.md", lessonFolder(lesson));
  const page = await Deno.readTextFile(url);
  const deck = await Deno.readTextFile(new URL(`slides/${lesson}.md`, root))
    .catch(() => "");
  const slides = deck.replace(/^---\n[\s\S]*?\n---\n/, "").split(/^---$/m);
  const slide = nearest(says, slides);
  const blocks = blocksUnder(page, heading);
  return {
    says,
    page: `lessons/${lesson}/README.md`,
    heading,
    paragraph: blocks[nearest(says, blocks) ?? 0] ?? "",
    ...(slide === undefined ? {} : { slide: slide + 1 }),
  };
}

/** The paragraphs, items and rows of tables under a heading of a page, as plain words. */
export function blocksUnder(page: string, heading: string): string[] {
  const text = page.replace(/^```[\s\S]*?^```$/gm, "");
  const sections = text.split(/^(?=#+ )/m);
  const at = sections.findIndex((section) =>
    section.replace(/^#+ /, "").startsWith(`${heading}\n`)
  );
  if (at === -1) return [];
  const levelOf = (section: string) => section.indexOf(" ");
  const level = levelOf(sections[at] ?? "");
  const rest = sections.slice(at + 1);
  const end = rest.findIndex((section) => levelOf(section) <= level);
  const own = [sections[at], ...rest.slice(0, end === -1 ? undefined : end)];
  return own.join("\n").replace(/^#+ .*$/gm, "")
    .split(/\n\s*\n|\n(?=\|)|\n(?=[-*] |\d+\. )/)
    .map(plainWords).filter((block) => /\p{L}{3}/u.test(block));
}

/** Markdown as words: a row of a table becomes its cells, with dashes between. */
function plainWords(block: string): string {
  return block.replaceAll("\n", " ").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<!--.*?-->/g, "").replace(/[*`]/g, "").replace(/^\||\|\s*$/g, "")
    .replace(/\s*\|\s*/g, " – ").replace(/^\s*(?:[-*]|\d+\.)\s+/, "")
    .replace(/\s+/g, " ").trim();
}

/**
 * Which of some texts has the most words in common with a sentence, by its
 * place; of equals the shortest. `undefined` where none has two.
 */
export function nearest(
  sentence: string,
  texts: readonly string[],
): number | undefined {
  const wanted = wordsOf(sentence.replace(/^this is what a program does /, ""));
  let best: { at: number; count: number; length: number } | undefined;
  for (const [at, text] of texts.entries()) {
    const words = wordsOf(text);
    const count = [...wanted].filter((word) => words.has(word)).length;
    const { length } = text;
    const isBetter = best === undefined || count > best.count ||
      (count === best.count && length < best.length);
    if (count >= 2 && isBetter) best = { at, count, length };
  }
  return best?.at;
}

/** The words of four letters and more, without their endings. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/(ing|ed|es|s)$/, "")));
}
