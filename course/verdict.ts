/**
 * A failed case on the screen, and how far an answer has come.
 *
 * @module
 */
import { red } from "@std/fmt/colors";
import { stagesOf } from "@lessons/stages.ts";
import type { Case, Verdict } from "../kit/case.ts";
import { plain } from "../kit/plain.ts";
import { report } from "../kit/report.ts";
import { shellWord } from "../kit/shell_word.ts";
import { countReached } from "../kit/stages.ts";
import { wrap } from "../kit/wrap.ts";
import { findTodos, placeOf } from "./answers.ts";

/**
 * All that is said about a case that failed: the report, and what is still to
 * do in the programs that it tried.
 *
 * @param answers The folder that `--answers` named, where it did.
 */
export async function showFailure(
  verdict: Verdict,
  folder: URL,
  answers?: string,
): Promise<string> {
  const { case: { name, role }, lesson, number } = verdict;
  const check = `deno task check ${Number(lesson.slice(0, 2))}`;
  const flags = answers === undefined ? "" : ` --answers ${shellWord(answers)}`;
  const alone = `${check} --case ${number}${flags}`;
  const replay = { alone, onWire: `${alone} --wire` };
  const heading = wrap(name, "  FAIL  ").join("\n").replace(
    "FAIL",
    red("FAIL"),
  );
  const lines = [`${heading}\n`, report(verdict, replay)];
  const sides = role === "pair" ? ["server", "client"] : [role];
  const todos = await findTodos(folder, sides.map((side) => `${side}.ts`));
  if (todos.length > 0) {
    lines.push("\nstill to do:");
    for (const { place, text } of todos) {
      lines.push(`  ${placeOf(folder)}${place}`, ...wrap(plain(text), "    "));
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
