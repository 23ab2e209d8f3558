/**
 * The tap is not felt: each lesson's pair and solution do the same with it as
 * without.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { wholeLessons } from "@lessons/parts.ts";
import { loadCheck, tryCases } from "../course/checking.ts";
import { runPair } from "../course/pair.ts";
import { Recorder } from "../course/wire/recorder.ts";
import { runsHere } from "../kit/case.ts";
import { EXERCISE_MS } from "../kit/guard.ts";
import { startReaper } from "../kit/reaper.ts";
import { report } from "../kit/report.ts";

startReaper();

/** The lessons whose clients ask again when their time is up, which on a busy machine it soon is. */
const IN_TIME = ["04_udp_echo", "09_timeouts_and_buffers", "11_reliable_udp"];

for (const lesson of wholeLessons) {
  const { name } = lesson;
  const words = [
    ...lesson.exercise.demo.client,
    ...(IN_TIME.includes(name) ? ["--timeout", "5000"] : []),
  ];

  // The lesson's own pair runs with the tap and without for its page.
  Deno.test(`${name} solution's pair does the same with the tap as without`, async () => {
    const outputs: string[][] = [];
    for (const isRecorded of [false, true]) {
      const lines: string[] = [];
      const run = await runPair(lesson, pairIn(solutionFolder(name)), {
        which: "exercise",
        words,
        isRecorded,
        onLine: (side, line) =>
          lines.push(`${side} ${line.replaceAll(/\d{4,}/g, "<port>")}`),
      });
      assert(run.isGood, lines.join("\n"));
      assertEquals(run.recordings.length > 0, isRecorded);
      outputs.push(lines.toSorted());
    }
    assertEquals(outputs[1], outputs[0]);
  });

  Deno.test(`${name} solution passes every third case of its check with the tap loaded`, async () => {
    const check = await loadCheck(lesson);
    using recorder = new Recorder();
    const { failed } = await tryCases({
      check,
      // A part will do: the tap wraps the same calls in each.
      cases: check.cases.filter(runsHere).filter(({ isTwin }) => !isTwin)
        .filter((_, i) => i % 3 === 0),
      programs: pairIn(solutionFolder(name)),
      width: 3, // they wait more than they work
      limit: check.cases.length * EXERCISE_MS, // here each case is on trial, not the exercise
      flags: (side, label) => recorder.flags(side, label),
    });
    assert(!failed, failed && report(failed));
    for (const { name, recording } of recorder.read()) assert(recording, name);
  });
}
