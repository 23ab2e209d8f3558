/**
 * A failed case on the screen, and how far an answer has come.
 *
 * @module
 */
import { red } from "@std/fmt/colors";
import type { Pair } from "@lessons/places.ts";
import { stagesOf } from "@lessons/stages.ts";
import { type Case, sidesOf, type Verdict } from "../kit/case.ts";
import { plain } from "../kit/plain.ts";
import { report } from "../kit/report.ts";
import { shellWord } from "../kit/shell_word.ts";
import { countReached } from "../kit/stages.ts";
import { wrap } from "../kit/wrap.ts";
import { findTodos } from "./answers.ts";

/**
 * All that is said about a case that failed: the report, and what is still to
 * do in the programs that it tried.
 *
 * @param flags The flags with which the check was called, for the command that tries the case again.
 */
export async function showFailure(
  verdict: Verdict,
  programs: Pair,
  flags: readonly string[] = [],
): Promise<string> {
  const { case: aCase, lesson, number } = verdict;
  const check = `deno task check ${Number(lesson.slice(0, 2))}`;
  const rest = flags.map((word) => ` ${shellWord(word)}`).join("");
  const alone = `${check} --case ${number}${rest}`;
  const replay = { alone, onWire: `${alone} --wire` };
  const heading = wrap(aCase.name, "  FAIL  ").join("\n").replace(
    "FAIL",
    red("FAIL"),
  );
  const lines = [`${heading}\n`, report(verdict, replay)];
  const todos = await findTodos(
    sidesOf(aCase).map((side) => programs[side])
      .filter((program) => program instanceof URL),
  );
  if (todos.length > 0) {
    lines.push("\nstill to do:");
    for (const { place, text } of todos) {
      lines.push(`  ${place}`, ...wrap(plain(text), "    "));
    }
  }
  return lines.join("\n");
}

/**
 * Which stage of an exercise is reached, and which is the next: a line each.
 *
 * @param lesson The lesson's name, `NN_name`.
 * @param failed The first case that failed, where one did.
 * @returns No lines where the exercise is all of one piece.
 */
export function showStages(lesson: string, failed?: Case): string[] {
  const stages = stagesOf(lesson);
  const count = countReached(stages, failed);
  const [reached, next] = [stages[count - 1], stages[count]];
  const nameOf = (number: number) => `stage ${number} of ${stages.length}`;
  return [
    ...(reached ? [`${nameOf(count)} is reached: ${reached.name}`] : []),
    ...(next ? [`next is ${nameOf(count + 1)}: ${next.name}`] : []),
  ];
}
