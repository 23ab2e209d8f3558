/**
 * The home screen: the lessons, what is passed, and the next step.
 *
 * @module
 */
import { bold, dim, green } from "@std/fmt/colors";
import {
  announced,
  type Lesson,
  lessons,
  orientation,
  runsHere,
} from "@lessons/catalogue.ts";
import { answerFolder } from "@lessons/places.ts";
import { type Progress, readProgress } from "./progress.ts";
import { titleOf } from "./user/lesson.ts";

/** The first lesson that is not passed yet; `undefined` where all are. */
export function firstUnpassed({ passed }: Progress): Lesson | undefined {
  return lessons.find((lesson) => runsHere(lesson) && !(lesson.name in passed));
}

/** Prints the home screen. */
export async function showHome(): Promise<void> {
  const progress = await readProgress();
  const next = firstUnpassed(progress);
  const count = lessons.filter(({ name }) => name in progress.passed).length;
  console.log(`${count} of ${lessons.length} lessons passed\n`);

  const rows = [orientation, ...lessons, ...announced].toSorted((a, b) =>
    a.number - b.number
  );
  for (const lesson of rows) {
    const { number, title } = lesson;
    const name = `${String(number).padStart(2, "0")} ${title}`.padEnd(24);
    const isHere = lessons.some((one) => one.number === number);
    const when = progress.passed[lesson.name]?.slice(0, 10);
    if (lesson === orientation) console.log(`  to read  ${name}`.trimEnd());
    else if (!isHere) console.log(dim(`           ${name} to come`));
    else if (when !== undefined) {
      console.log(`  ${green("passed")}   ${name} on ${when}`);
    } else if (lesson === next) console.log(`  next ->  ${bold(name)}`);
    else console.log(`           ${name}`.trimEnd());
  }
  if (next) console.log(`\n${bold(titleOf(next))}: ${next.about}`);
  console.log(await whatNow(next));
}

/** One line on how to go on. */
async function whatNow(next?: Lesson): Promise<string> {
  if (!next) return "you have passed them all";
  const { number, name } = next;
  const hasBegun = await Deno.stat(answerFolder(next.name))
    .then(() => true, () => false);
  return hasBegun
    ? `go on: change answers/${name}/ and run: deno task check ${number}`
    : `go on: read lessons/${name}/README.md and run: deno task lesson ${number}`;
}
