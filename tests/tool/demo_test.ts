/**
 * Demos: the catalogue's runs of a pair, with several clients and with what is
 * typed to them.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { lessonFolder, pairIn } from "@lessons/places.ts";
import { runPair } from "../../course/pair.ts";
import { joinRecordings } from "../../course/wire/join.ts";
import { startReaper } from "../../kit/reaper.ts";
import { rows } from "./handwritten.ts";

startReaper();

Deno.test("a demo's lines are typed, each when the one before it is answered", async () => {
  const [lesson] = lessons;
  assert(lesson);
  const demo = { server: [], client: [], typed: ["one", "two"] };
  const folder = new URL("fixtures/typed/", import.meta.url);
  const run = await runPair(lesson, pairIn(folder), { demo, isRecorded: true });
  assert(run.isGood, run.problem?.message);
  const told = rows(run.recordings, { order: "cause" });
  assertEquals(told.filter((row) => /write|typed|prints: [A-Z]/.test(row)), [
    "typed: one",
    "write 3: ①one ──▶",
    "◀── write 3: ②ONE",
    "prints: ONE",
    "typed: two",
    "write 3: ③two ──▶",
    "◀── write 3: ④TWO",
    "prints: TWO",
  ]);
});

Deno.test("a demo's clients run at once, each with its own lines", async () => {
  const lesson = lessons.find(({ number }) => number === 6);
  assert(lesson);
  const run = await runPair(lesson, pairIn(lessonFolder(lesson.name)), {
    demo: {
      server: [],
      client: [],
      typed: ["one", "two"],
      others: [{ client: [], typed: ["three", "four"] }],
      serverIsDone: "with its client",
    },
    isRecorded: true,
  });
  assert(run.isGood, run.problem?.message);
  assertEquals(run.recordings.map(({ side }) => side), [
    "server",
    "client",
    "client",
  ]);
  const printed = run.recordings.map(({ moments }) =>
    moments.flatMap((moment) => moment.type === "print" ? [moment.text] : [])
  );
  assertEquals(printed.slice(1), [["ONE", "TWO"], ["THREE", "FOUR"]]);
  assertEquals(
    printed[0]?.filter((line) => line.startsWith("connected ")).length,
    2,
  );
});

Deno.test("a demo's first client can stay until all others are there, whoever is served", async () => {
  const lesson = lessons.find(({ number }) => number === 8);
  assert(lesson);
  for (const words of [[], ["--one"]]) {
    const run = await runPair(lesson, pairIn(lessonFolder(lesson.name)), {
      words,
      isRecorded: true,
      isForPicture: true,
    });
    assert(run.isGood, run.problem?.message);
    const names = run.recordings.map(({ name }) => name);
    const server = ["server.ts", ...words].join(" ");
    assertEquals(names, [server, "client.ts anna", "client.ts bob"]);
    const { steps } = joinRecordings(run.recordings, "cause");
    const place = (kind: string, program: number) =>
      steps.findIndex((step) => step.kind === kind && step.program === program);
    assert(place("connect", 2) < place("close", 1), "anna did not stay");
    const left = steps.filter((step) =>
      step.kind === "print" && step.text.startsWith("left ")
    );
    assertEquals(left.length, 2, "the server was ended before it had done");
  }
});
