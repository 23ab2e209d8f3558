/**
 * Verdicts on slides: what a check says of an answer, as a learner reads it.
 *
 * @module
 */
import { type Lesson, portOf } from "@lessons/catalogue.ts";
import { pairIn, starterFolder } from "@lessons/places.ts";
import { startReaper } from "../../kit/reaper.ts";
import { report } from "../../kit/report.ts";
import { loadCheck, tryCases } from "../checking.ts";
import { Problem } from "./problem.ts";

/** The port that stands for the caller's on every page. */
const CALLER_PORT = "54321";

/**
 * The verdict on a lesson's untouched starter: the first that a learner gets.
 * Its ports are those of the pages.
 *
 * @returns Its lines, as far as the difference.
 * @throws {Problem} Where the starter does not fail.
 */
export async function firstVerdict(lesson: Lesson): Promise<string[]> {
  startReaper();
  const check = await loadCheck(lesson);
  const { failed } = await tryCases({
    check,
    cases: check.cases.slice(0, 1),
    programs: pairIn(starterFolder(lesson.name)),
  });
  if (!failed) throw new Problem("the starter passes its first case");
  const [message = "", ...sections] = report(failed).split("\n\n");
  const told = [
    message.replace(/\nit is asked for in[^]*/, ""),
    ...sections,
  ].join("\n\n");
  const own = /port>": (\d+)/.exec(told)?.[1];
  return told.replace(
    /(?<=127\.0\.0\.1:|port>": )\d{4,5}/g,
    (port) => port === own ? String(portOf(lesson)) : CALLER_PORT,
  ).split("\n");
}
