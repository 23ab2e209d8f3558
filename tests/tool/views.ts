/**
 * The views that stand on the lessons' pages, and the runs behind them.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { lessonFolder } from "@lessons/places.ts";
import { wholeLessons } from "@lessons/parts.ts";
import type { Recording, Side } from "../../course/wire/recording.ts";
import type { AddFlags } from "../../course/pair.ts";
import { viewsOn } from "../../course/picture.ts";

const LATE = new URL("fixtures/late.ts", import.meta.url);

/** One view of a page. */
export interface LessonView {
  /** Whose pair it shows. */
  readonly lesson: Lesson;
  /** What is said to the programs instead of the demo's words; none for the demo. */
  readonly words: readonly string[];
  /** What stands on the page. */
  readonly text: string;
  /** The picture beside it; the demo has one. */
  readonly svg?: string;
}

/** All views of all lessons' pages. */
export async function lessonViews(): Promise<LessonView[]> {
  const views: LessonView[] = [];
  for (const lesson of wholeLessons) {
    const folder = lessonFolder(lesson.name);
    const page = await Deno.readTextFile(new URL("README.md", folder));
    const svg = await Deno.readTextFile(new URL("wire.svg", folder));
    for (const { fence, words } of viewsOn(page)) {
      const text = fence.lines.join("\n");
      views.push({ lesson, words, text, ...(words.length > 0 ? {} : { svg }) });
    }
  }
  return views;
}

/** What a view is called: `05_sticky_packets --mode fixed`. */
export function nameOf({ lesson, words }: LessonView): string {
  return [lesson.name, ...words].join(" ");
}

/** Where a program is held up. */
export interface Lateness {
  /** Which program. */
  readonly side: Side;
  /** Whether its own calls are held up, or what the tap makes of them. */
  readonly layer: "program" | "tap";
  /** At which call, and when: what `late.ts` takes. */
  readonly how: string;
}

/** Deno's flags with which programs are late. */
export function lateFlags(latenesses: readonly Lateness[]): AddFlags {
  return (side, tap) => {
    const preload = (layer: Lateness["layer"]) =>
      latenesses.filter((one) => one.side === side && one.layer === layer)
        .map(({ how }) => `--preload=${LATE.href}?${how}`);
    return [...preload("tap"), ...tap, ...preload("program")];
  };
}

/** How many calls each program of a recorded run made. */
export function callsOf(
  recordings: readonly Recording[],
): Record<Side, number> {
  const calls = { client: 0, server: 0 };
  for (const { side, moments } of recordings) {
    calls[side] += moments.filter(({ type }) => type === "start").length;
  }
  return calls;
}
