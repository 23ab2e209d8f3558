/**
 * Views are the same for every run in which the programs make the same calls:
 * whatever the clocks say, and however late a program is.
 *
 * Every call of every demo late by itself: `tests/bench/late_runs.ts`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { lessons } from "@lessons/catalogue.ts";
import { pairIn } from "@lessons/places.ts";
import { runPair } from "../../course/pair.ts";
import { drawRecorded, evenPorts, recordLesson } from "../../course/picture.ts";
import { draw } from "../../course/wire/view.ts";
import { readRecordings } from "../../course/wire/read.ts";
import type { Recording } from "../../course/wire/recording.ts";
import { writeRecordings } from "../../course/wire/write.ts";
import { Recorder } from "../../course/wire/recorder.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { Log, recordingsOf } from "./handwritten.ts";
import { inParallel } from "../../kit/parallel.ts";
import { Random } from "../../kit/random.ts";
import { startReaper } from "../../kit/reaper.ts";
import { lateFlags, type Lateness, lessonViews, nameOf } from "./views.ts";

startReaper();

/** Both programs late at some of their calls. */
function lateBySeed(seed: number) {
  const how = `ms=40&seed=${seed}`;
  return lateFlags([
    { side: "client", layer: "program", how },
    { side: "server", layer: "tap", how },
  ]);
}

/** A new seed for each run of the tests; what fails says which it was. */
function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

const views = await lessonViews();

Deno.test("a page's view is the same when the programs are late", async () => {
  const tasks = views.map((view) => async () => {
    const seed = newSeed();
    const recordings = await recordLesson(view.lesson, view.words, {
      addFlags: lateBySeed(seed),
    });
    const { text, svg } = drawRecorded(view.lesson, recordings);
    assertEquals(text, view.text, `${nameOf(view)}, seed ${seed}`);
    assertEquals(svg, view.svg ?? svg, `${nameOf(view)}, seed ${seed}`);
  });
  await inParallel(4, tasks);
});

Deno.test("a page's view is the same when the clocks and the chance are others", async () => {
  const record = views.map((view) => () =>
    recordLesson(view.lesson, view.words)
  );
  for (const [i, recordings] of (await inParallel(4, record)).entries()) {
    const view = views[i];
    assert(view);
    for (let run = 0; run < 50; run++) {
      const seed = newSeed();
      const other = shuffle(recordings, new Random(seed));
      const { text } = drawRecorded(view.lesson, other);
      assertEquals(text, view.text, `${nameOf(view)}, seed ${seed}`);
    }
  }
});

/** A pair in which each program has two tasks at once. */
async function recordTasks(seed?: number): Promise<Recording[]> {
  const [lesson] = lessons;
  assert(lesson);
  const folder = new URL("fixtures/tasks/", import.meta.url);
  const addFlags = seed === undefined ? undefined : lateBySeed(seed);
  const run = await runPair(lesson, pairIn(folder), {
    demo: { server: [], client: [] },
    isRecorded: true,
    isForPicture: true,
    ...(addFlags ? { addFlags } : {}),
  });
  assert(run.isGood, run.problem?.message);
  return evenPorts(run.recordings, 8001);
}

/** A run's rows, in the order of cause. */
function rowsOf(recordings: readonly Recording[]): string {
  const { text } = draw(recordings, "a test", { times: false }, "cause");
  return stripAnsiCode(text);
}

Deno.test("tasks of one program stand in the same order when they overtake one another", async () => {
  const recordings = await recordTasks();
  const rows = rowsOf(recordings);
  for (let run = 0; run < 200; run++) {
    const seed = newSeed();
    assertEquals(
      rowsOf(shuffle(recordings, new Random(seed))),
      rows,
      `seed ${seed}`,
    );
  }
  const seeds = Array.from({ length: 4 }, newSeed);
  await inParallel(
    4,
    seeds.map((seed) => async () => {
      assertEquals(rowsOf(await recordTasks(seed)), rows, `seed ${seed}`);
    }),
  );
  // Both answers are there before they are printed together.
  const order = ["read 1: ②A", "read 1: ④B", "A and B", "write 1: ⑤c"];
  const places = order.map((words) => rows.indexOf(words));
  assertEquals(places, places.toSorted((a, b) => a - b), rows);
});

Deno.test("a moment follows what its task has waited for, and nothing else", async () => {
  using recorder = new Recorder({ hasCauses: true });
  const file = new URL("fixtures/causes.ts", import.meta.url);
  await using program = Program.start({
    label: "causes.ts",
    command: denoRun(file, recorder.flags("server", "causes.ts"), []),
  });
  assertEquals((await program.exits()).code, 0, program.stderr);
  const [recording] = recorder.recordings();
  const prints =
    recording?.moments.flatMap((moment) =>
      moment.type === "print" ? [moment] : []
    ) ?? [];
  const behind = new Map<number, string[]>();
  const followed: Record<string, string[]> = {};
  for (const { cause, text } of prints) {
    assert(cause);
    const before = new Set(cause.after.flatMap((id) => behind.get(id) ?? []));
    behind.set(cause.id, [...before, text]);
    followed[text] = [...before].toSorted();
  }
  const begun = ["a begins", "b begins", "c begins"];
  assertEquals(followed, {
    "a begins": [],
    "b begins": ["a begins"],
    "c begins": ["a begins", "b begins"],
    "b goes on": ["a begins", "b begins"],
    "alone": begun,
    "a goes on": ["a begins", "alone", "b begins", "c begins"],
    "after b": [...begun, "b goes on", "alone"].toSorted(),
    "after c": [...begun, "b goes on", "alone", "after b"].toSorted(),
    "after a and b": [
      ...begun,
      ...["a goes on", "b goes on", "alone", "after b", "after c"],
    ].toSorted(),
  });
});

Deno.test("Ctrl-C stands behind what a program did by itself, whatever the clocks say", () => {
  const at = (id: number, ...after: number[]) => ({ id, after });
  const stdout = { stream: "stdout" };
  const server = new Log("server")
    .line("print", { ...stdout, text: "client left", ...at(1) })
    .line("typed", { text: "Ctrl-C", isAfterOthers: true, cue: "done" })
    .line("print", { ...stdout, text: "next, please", ...at(2, 1) })
    .line("signal", at(3))
    .line("print", { ...stdout, text: "bye", ...at(4, 3) })
    .line("exit", { code: 0, signal: null });
  const told = rowsOf(recordingsOf(server)).match(
    /(prints|typed|ends).*\S(?= +│)/g,
  );
  assertEquals(told, [
    "prints: client left",
    "prints: next, please",
    "typed: Ctrl-C",
    "prints: bye",
    "ends with exit code 0",
  ]);
});

/** Delays that have changed a picture once, because the programs then made other calls. */
const ONCE: readonly [lesson: number, lateness: Lateness][] = [
  // The server's first close: the Ctrl-C came after a second, whatever it did.
  [1, { side: "server", layer: "tap", how: "ms=1200&at=5&when=before" }],
  // The return of its last send: the Ctrl-C came before it received again.
  [4, { side: "server", layer: "program", how: "ms=250&at=7&when=after" }],
  // The return of the write: the receipt was there before, and the client did not half-close.
  [7, { side: "client", layer: "program", how: "ms=250&at=3&when=after" }],
];

Deno.test("a page's view is the same at the delays that have changed it once", async () => {
  const tasks = ONCE.map(([number, lateness]) => async () => {
    const view = views.find(({ lesson }) => lesson.number === number);
    assert(view);
    const addFlags = lateFlags([lateness]);
    const late = await recordLesson(view.lesson, view.words, { addFlags });
    assertEquals(drawRecorded(view.lesson, late).text, view.text);
  });
  await inParallel(3, tasks);
});

/** A line of a recording. */
type Line = Readonly<Record<string, unknown>>;

/** The same calls at other times: each program's moments in any order that their causes allow, by a clock that goes wrong. */
function shuffle(
  recordings: readonly Recording[],
  random: Random,
): Recording[] {
  return recordings.flatMap((recording) => {
    const lines = writeRecordings([recording]).trimEnd().split("\n")
      .map((line): Line => JSON.parse(line));
    let at = 0;
    const origin = random.between(0, 100_000);
    const shuffled = reorder(lines, random).map((line) => {
      at += random.between(0, 50);
      const origins = line.type === "program" ? { origin } : {};
      return JSON.stringify({ ...line, at, ...origins });
    });
    return readRecordings(shuffled.join("\n"));
  });
}

/** The lines of a program, each behind what it follows; what was typed stands anywhere between. */
function reorder(lines: readonly Line[], random: Random): Line[] {
  const [program, ...left] = lines;
  assert(program);
  const exit = left.pop();
  assert(exit?.type === "exit");
  const done = new Set<unknown>();
  const ordered: Line[] = [program];
  while (left.length > 0) {
    const follows = left.map(({ after }) => Array.isArray(after) ? after : []);
    const typed = left.findIndex(({ type }) => type === "typed");
    const ready = left.filter(({ type }, i) => {
      if (type === "typed") return i === typed; // one after the other
      if (type === "signal") return i === 0; // it comes when all is done
      return follows[i]?.every((id) => done.has(id));
    });
    const next = random.pick(ready);
    left.splice(left.indexOf(next), 1);
    if (next.id !== undefined) done.add(next.id);
    ordered.push(next);
  }
  return [...ordered, exit];
}
