/**
 * Runs the pair of each view on the pages again and again, each time with one
 * program held up at one call, before it or before its return, and compares
 * what is drawn with the page: it must be the same.
 *
 *   deno run -P tests/bench/late_runs.ts [--lesson 7]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { drawRecorded, recordLesson } from "../../course/picture.ts";
import { inParallel } from "../../kit/parallel.ts";
import {
  callsOf,
  lateFlags,
  type Lateness,
  type LessonView,
  lessonViews,
  nameOf,
} from "../tool/views.ts";

/** How long a program is held up, in milliseconds: longer than all that the other does meanwhile. */
const MS = 250;

const { lesson } = parseArgs(Deno.args, { string: ["lesson"] });
let isGood = true;

for (const view of await lessonViews()) {
  if (lesson !== undefined && view.lesson.number !== Number(lesson)) continue;
  const calls = callsOf(await recordLesson(view.lesson, view.words));
  const tasks = latenesses(calls).map((one) => () => differs(view, one));
  const differences = (await inParallel(6, tasks)).filter((one) => one !== "");
  for (const difference of differences) console.log(difference);
  console.log(
    `${nameOf(view)}: ${tasks.length} runs, ${differences.length} differ`,
  );
  isGood &&= differences.length === 0;
}
Deno.exit(isGood ? 0 : 1);

/** Each call of each side, before it and before its return, for the tap and for the program. */
function latenesses(calls: Readonly<Record<"client" | "server", number>>) {
  const all: Lateness[] = [];
  for (const side of ["client", "server"] as const) {
    for (let at = 1; at <= calls[side]; at++) {
      for (const when of ["before", "after"]) {
        for (const layer of ["tap", "program"] as const) {
          all.push({ side, layer, how: `ms=${MS}&at=${at}&when=${when}` });
        }
      }
    }
  }
  return all;
}

/** What differs in a late run, with the run that shows it; the empty text where nothing does. */
async function differs(view: LessonView, late: Lateness): Promise<string> {
  const name = `${
    nameOf(view)
  }, ${late.side} late for the ${late.layer}, ${late.how}`;
  try {
    const addFlags = lateFlags([late]);
    const recordings = await recordLesson(view.lesson, view.words, {
      addFlags,
    });
    const { text, svg } = drawRecorded(view.lesson, recordings);
    if (text !== view.text) return `--- ${name}\n${text}\n`;
    return svg === (view.svg ?? svg) ? "" : `--- ${name}: wire.svg\n`;
  } catch (error) {
    return `--- ${name}: ${error}\n`;
  }
}
