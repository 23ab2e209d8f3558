/**
 * Answers of others judged: a folder of answers, and a class.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startReaper } from "../../kit/reaper.ts";
import { Copy, copyFolder, keepCases } from "./copy.ts";

startReaper();

Deno.test("check --all --answers judges a folder of answers and leaves no trace", async () => {
  await using copy = await Copy.make();
  await keepOneLesson(copy);
  const good = await copy.run("check", "--all", "--answers", "solutions");
  assertEquals(good.code, 0, good.stdout);
  const none = await copy.run("check", "--all", "--answers", "nowhere");
  assertEquals(none.code, 1);
  assertMatch(none.stdout, /no answer: .* has no server\.ts and no client\.ts/);
  assertEquals(await copy.has("answers"), false);
  assertEquals(await copy.has(".course"), false);
});

Deno.test("check --all --answers judges a class, learner by learner, and goes on where it was broken off", async () => {
  await using copy = await Copy.make();
  await keepOneLesson(copy);
  await keepCases(copy);
  const LESSON = "01_single_shot";
  for (
    const [name, from] of [
      ["=王 100%", `solutions/${LESSON}`],
      ["bob", `lessons/${LESSON}/exercise`],
    ] as const
  ) {
    copyFolder(copy.path(from), copy.path(`class/${name}/${LESSON}`));
  }
  await Deno.mkdir(copy.path("class/nobody"));
  const args = ["check", "--all", "--answers", "class"] as const;
  const first = await copy.run(...args);
  assertEquals(first.code, 1, first.stderr);
  assertMatch(
    first.stdout,
    /^=王 100% +1 of 1 +\d+\.\d s\nbob +0 of 1 .*: 01, /,
  );
  assertMatch(first.stdout, /\n=王 100% +ok\nbob +0\npass +1\n/);
  assertMatch(first.stdout, /\n2 learners, 2 checked now in /);
  assert(!first.stdout.includes("nobody"), first.stdout);

  // What is known is not tried again, but what has changed is.
  const second = await copy.run(...args);
  assertMatch(second.stdout, /\n2 learners, 0 checked now in 0 s\n/);
  copyFolder(
    copy.path(`solutions/${LESSON}`),
    copy.path(`class/bob/${LESSON}`),
  );
  const third = await copy.run(...args);
  assertEquals(third.code, 0, third.stdout);
  assertMatch(third.stdout, /\n2 learners, 1 checked now in /);

  const csv = await copy.run(...args, "--csv");
  assertMatch(
    csv.stdout,
    /^learner,passed,01\n'=王 100%,1,(\d+) of \1\nbob,1,(\d+) of \2\n$/,
  );
  const json = await copy.run(...args, "--json");
  const lines = json.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(
    lines.map(({ learner, lesson, isPassed }) => [learner, lesson, isPassed]),
    [["=王 100%", LESSON, true], ["bob", LESSON, true]],
  );
  const alone = await copy.run("check", "1", "--csv");
  assertEquals(alone.code, 2);
});

/** Makes it a course of one lesson, so that all of them are checked quickly. */
async function keepOneLesson(copy: Copy): Promise<void> {
  const catalogue = copy.path("lessons/catalogue.ts");
  const text = await Deno.readTextFile(catalogue);
  await Deno.writeTextFile(
    catalogue,
    text.replaceAll("export const lessons", "const all") +
      "\nexport const lessons = all.slice(0, 1);\n",
  );
}
