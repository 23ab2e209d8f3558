/**
 * A case that failed, as the exercise's page shows it: the check's own values,
 * ready to be shown.
 *
 * @module
 */
import type { Pair } from "@lessons/places.ts";
import { firstDifference } from "../../kit/bytes.ts";
import { sidesOf, type Verdict } from "../../kit/case.ts";
import { plain } from "../../kit/plain.ts";
import { BUSY, lastWords, plainWords } from "../../kit/report.ts";
import { findTodos } from "../answers.ts";
import { headings } from "../markdown.ts";
import { root } from "@lessons/places.ts";
import { renderSection } from "./render.ts";

/** The bytes that a step wanted, and those that came. */
export interface ByteDifference {
  /** What should have come, in base64. */
  readonly expected: string;
  /** What came, in base64. */
  readonly received: string;
  /** The first byte that differs, from 0. */
  readonly at: number;
}

/** A wrong idea, and what clears it up. */
export interface ShownIdea {
  /** Its name, a sentence. */
  readonly says: string;
  /** The heading of the section that clears it up. */
  readonly read: string;
  /** Where that section is. */
  readonly href: string;
  /** The section, as HTML of the course's own page. */
  readonly html: string;
}

/** A mistake that ended a program, and the line where it stands. */
export interface ShownMistake {
  /** The file's name. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** What it is. */
  readonly message: string;
}

/** A case that failed. */
export interface ShownFailure {
  /** The case's number. */
  readonly number: number;
  /** The case. */
  readonly name: string;
  /** What happened. */
  readonly message: string;
  /** The sentences of the exercise that ask for it. */
  readonly asked: readonly number[];
  /** What was done; the last step is the one that failed. */
  readonly steps: readonly string[];
  /** Where bytes part, where that is what failed. */
  readonly bytes?: ByteDifference;
  /** What programs said last, and what that means: a text each. */
  readonly words: readonly string[];
  /** What was done after the last step, to see why it was silent. */
  readonly proof: readonly string[];
  /** The misunderstanding, where it is known. */
  readonly idea?: ShownIdea;
  /** Mistakes with their places. */
  readonly mistakes: readonly ShownMistake[];
  /** What is still to do in the programs: a text each. */
  readonly todos: readonly string[];
}

/** How many bytes of each side are shown. */
const MOST_BYTES = 64 * 1024;

/** What the page shows of a case that failed. @param place Where the page is. */
export async function showFailure(
  verdict: Verdict,
  programs: Pair,
  place: string,
): Promise<ShownFailure> {
  const { case: aCase, number, failure, steps, lesson } = verdict;
  const { seen, printed = [], misunderstanding } = failure ?? {};
  const words = printed.flatMap((one) => [lastWords(one), plainWords(one)])
    .filter((lines) => lines.length > 0)
    .map((lines) => plain(lines.join("\n")));
  const sources = sidesOf(aCase).map((side) => programs[side])
    .filter((program) => program instanceof URL);
  const bytes = seen && differenceOf(seen);
  return {
    number,
    name: aCase.name,
    message: plain(failure?.message ?? ""),
    asked: aCase.guards ?? [],
    steps: steps.map(plain),
    ...(bytes ? { bytes } : {}),
    words: seen?.isBusy ? [...words, BUSY] : words,
    proof: (failure?.proof ?? []).map(plain),
    ...(misunderstanding
      ? {
        idea: await ideaOf(
          misunderstanding.says,
          misunderstanding.lesson ?? lesson,
          misunderstanding.read,
          place,
        ),
      }
      : {}),
    mistakes: printed.flatMap(({ mistake }) => {
      const [, file, line] =
        /^(?:.*\/)?(\S+), line (\d+)$/.exec(mistake?.place ?? "") ?? [];
      return mistake && file !== undefined
        ? [{ file, line: Number(line), message: plain(mistake.error) }]
        : [];
    }),
    todos: (await findTodos(sources)).map(({ place, text }) =>
      plain(`${place}: ${text}`)
    ),
  };
}

function differenceOf(
  { expected, received, isExample }: NonNullable<Verdict["failure"]>["seen"],
): ByteDifference | undefined {
  if (!expected || !received || received.length === 0 || isExample) {
    return undefined;
  }
  const at = firstDifference(expected, received);
  if (at === -1) return undefined;
  const from = Math.max(0, at - MOST_BYTES / 2);
  const part = (bytes: Uint8Array) =>
    bytes.slice(from, from + MOST_BYTES).toBase64();
  return from === 0
    ? { expected: part(expected), received: part(received), at }
    : { expected: part(expected), received: part(received), at: at - from };
}

async function ideaOf(
  says: string,
  lesson: string,
  read: string,
  place: string,
): Promise<ShownIdea> {
  const file = `lessons/${lesson}/README.md`;
  const text = await Deno.readTextFile(new URL(file, root));
  const anchor = headings(text).find((one) => one.text === read)?.anchor ?? "";
  return {
    says,
    read,
    href: `${lesson}.html#${anchor}`,
    html: await renderSection(file, read, place),
  };
}
