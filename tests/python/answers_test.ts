/**
 * Plain Python answers pass the checks: a check judges what goes over the wire,
 * and has no habits of Deno's.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { type Pair, pythonFolder } from "@lessons/places.ts";
import { loadCheck, tryCases } from "../../course/checking.ts";
import { runsHere } from "../../kit/case.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { EXERCISE_MS } from "../../kit/guard.ts";
import { findPython, python } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { report } from "../../kit/report.ts";

startReaper();

for (const lesson of lessons) {
  Deno.test({
    name: `${lesson.name} check passes the answer in Python`,
    ignore: !findPython(),
    async fn() {
      const program = (side: string) => {
        const file = new URL(`answer_${side}.py`, pythonFolder(lesson.name));
        return {
          command: [python(), fromFileUrl(file)] as const,
          name: `python3 answer_${side}.py`,
        };
      };
      const programs: Pair = {
        server: program("server"),
        client: program("client"),
      };
      const check = await loadCheck(lesson);
      const cases = check.cases.filter(runsHere);
      const { passed, failed } = await tryCases({
        check,
        cases,
        programs,
        width: 3, // they wait more than they work
        limit: cases.length * EXERCISE_MS, // here each case is on trial, not the exercise
      });
      assertEquals(failed && report(failed), undefined);
      assertEquals(passed, cases.length);
    },
  });
}
