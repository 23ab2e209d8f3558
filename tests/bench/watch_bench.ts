/**
 * Measures `check --watch`: how long from a save to the first line, and to the
 * verdict, for each lesson's solution. It works in a copy of the course.
 *
 *   deno run -P tests/bench/watch_bench.ts
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { Copy, copyFolder, taskArgs } from "../tool/copy.ts";
import { Screen } from "../tool/screen.ts";

const SAVES = 30;

await using copy = await Copy.make();
console.log("milliseconds        first line          verdict");
console.log("lesson              p50    p95          p50    p95");
for (const { number, name } of lessons) {
  const answer = copy.path(`answers/${name}`);
  copyFolder(copy.path(`solutions/${name}`), answer);
  await using screen = new Screen(Deno.execPath(), {
    args: taskArgs("check", String(number), "--watch"),
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("passed: ");
  const firsts: number[] = [];
  const verdicts: number[] = [];
  for (let save = 0; save < SAVES; save++) {
    const file = `${answer}/${save % 2 === 0 ? "server" : "client"}.ts`;
    const text = await Deno.readTextFile(file);
    const start = performance.now();
    await Deno.writeTextFile(file, `${text}// save ${save}\n`);
    await screen.shows("checking ");
    firsts.push(performance.now() - start);
    await screen.shows("passed: ");
    verdicts.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 2500)); // the types are checked
  }
  const row = [firsts, verdicts].map((times) =>
    [0.5, 0.95].map((part) => percentile(times, part).padStart(7)).join("")
  );
  console.log(`${name.padEnd(23)}${row.join("      ")}`);
}

function percentile(times: number[], part: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length * part) - 1] ?? 0).toFixed(0);
}
