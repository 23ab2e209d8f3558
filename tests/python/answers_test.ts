/**
 * Plain Python answers pass the checks: a check judges what goes over the wire,
 * and has no habits of Deno's.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { wholeLessons } from "@lessons/parts.ts";
import {
  type ForeignProgram,
  type Pair,
  pythonFolder,
  root,
  type Side,
  SIDES,
} from "@lessons/places.ts";
import { loadCheck, tryCases } from "../../course/checking.ts";
import { runsHere } from "../../kit/case.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { EXERCISE_MS } from "../../kit/guard.ts";
import { findPython, ownProgram } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { report } from "../../kit/report.ts";
import { firstFailure } from "../first_failure.ts";
import { isWhole, sampled } from "../whole.ts";
import { wrongAnswers } from "./wrong_answers.ts";

startReaper();

/** A program in Python. */
function inPython(path: string): ForeignProgram {
  return {
    command: ownProgram(path),
    name: `python3 ${path.split(/[/\\]/).at(-1)}`,
  };
}

/** A lesson's answer in Python. */
function answer(lesson: string, side: Side): ForeignProgram {
  const file = new URL(`answer_${side}.py`, pythonFolder(lesson));
  return inPython(fromFileUrl(file));
}

for (const lesson of lessons) {
  Deno.test({
    name: `${lesson.name} check passes the answer in Python`,
    ignore: !findPython(),
    async fn() {
      const { name } = lesson;
      const programs: Pair = {
        server: answer(name, "server"),
        client: answer(name, "client"),
      };
      const check = await loadCheck(lesson);
      const cases = sampled(check.cases.filter(runsHere));
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

for (const { lesson, twin, changes } of wrongAnswers) {
  Deno.test({
    name: `${lesson} check tells ${twin} the same in Python`,
    ignore: !isWhole || !findPython() ||
      !wholeLessons.some(({ name }) => name === lesson),
    async fn() {
      const side = SIDES.find((side) => twin.startsWith(side)) ?? "server";
      const original = await Deno.readTextFile(
        new URL(`answer_${side}.py`, pythonFolder(lesson)),
      );
      const text = changes.reduce((before, [replace, by]) => {
        assertEquals(before.split(replace).length, 2, replace);
        return before.replace(replace, () => by);
      }, original);
      const path = await Deno.makeTempFile({ suffix: ".py" });
      try {
        await Deno.writeTextFile(path, text);
        const says = await sentenceOf(lesson, twin);
        const check = await loadCheck(
          lessons.find(({ name }) => name === lesson) ?? assertLesson(lesson),
        );
        const cases = check.cases.filter(({ role, known = [] }) =>
          (role === side || role === "pair") &&
          known.some((one) => one.says === says)
        );
        const verdict = await firstFailure(check, cases, {
          server: answer(lesson, "server"),
          client: answer(lesson, "client"),
          [side]: inPython(path),
        });
        assert(verdict, "no case failed");
        assertEquals(
          verdict.failure?.misunderstanding?.says,
          says,
          report(verdict),
        );
      } finally {
        await Deno.remove(path);
      }
    },
  });
}

/** The sentence in the first comment of a wrong answer. */
async function sentenceOf(lesson: string, name: string): Promise<string> {
  const file = new URL(`tests/wrong/${lesson}/${name}.ts`, root);
  const [first = ""] = (await Deno.readTextFile(file)).split("\n");
  return first.replace(/^\/\/ /, "");
}

function assertLesson(name: string): never {
  throw new Error(`Cannot check ${name}: no such lesson`);
}
