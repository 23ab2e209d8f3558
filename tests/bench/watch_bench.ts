/**
 * Measures `check --watch`, for each lesson: how long from a save to the first
 * line, to the verdict where the answer passes, and to the first case that fails
 * where it does not. It works in a copy of the course.
 *
 *   deno run -P tests/bench/watch_bench.ts [saves] [lesson …]
 *
 * What passes is our solution. What fails is that solution with a server that is
 * still the starter.
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { Copy, copyFolder, taskArgs } from "../tool/copy.ts";
import { Screen } from "../tool/screen.ts";

const [saves = "30", ...numbers] = Deno.args;
const chosen = lessons.filter(({ number }) =>
  numbers.length === 0 || numbers.includes(String(number))
);

/** How long after a verdict the next save comes, in milliseconds: the types are checked until then. */
const PAUSE_MS = 2_500;

await using copy = await Copy.make();
console.log("milliseconds           first line     all passed   first failed");
console.log("lesson                 p50    p95     p50    p95     p50    p95");
for (const { number, name } of chosen) {
  const answer = copy.path(`answers/${name}`);
  copyFolder(copy.path(`solutions/${name}`), answer);
  await using screen = new Screen(Deno.execPath(), {
    args: taskArgs("check", String(number), "--watch"),
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("passed: ");
  const passes = await measure(screen, answer, "passed: ");
  await Deno.copyFile(
    copy.path(`lessons/${name}/exercise/server.ts`),
    `${answer}/server.ts`,
  );
  await screen.shows("not yet: ");
  const fails = await measure(screen, answer, "not yet: ");
  const columns = [
    [...passes.firsts, ...fails.firsts],
    passes.verdicts,
    fails.verdicts,
  ];
  const row = columns.map((times) =>
    [0.5, 0.95].map((part) => percentile(times, part).padStart(7)).join("")
  );
  console.log(`${name.padEnd(20)}${row.join(" ")}`);
}

/** Saves again and again, one side and then the other. */
async function measure(
  screen: Screen,
  answer: string,
  verdict: string,
): Promise<{ firsts: number[]; verdicts: number[] }> {
  const firsts: number[] = [];
  const verdicts: number[] = [];
  for (let save = 0; save < Number(saves); save++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const file = `${answer}/${save % 2 === 0 ? "server" : "client"}.ts`;
    const text = await Deno.readTextFile(file);
    const start = performance.now();
    await Deno.writeTextFile(file, `${text}// save ${save}\n`);
    await screen.shows("checking ");
    firsts.push(performance.now() - start);
    await screen.shows(verdict);
    verdicts.push(performance.now() - start);
  }
  return { firsts, verdicts };
}

function percentile(times: readonly number[], part: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length * part) - 1] ?? 0).toFixed(0);
}
