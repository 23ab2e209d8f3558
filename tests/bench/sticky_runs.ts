/**
 * Runs lesson 05's pair many times in each mode, as two processes, and counts
 * what comes out: it must be one thing.
 *
 *   deno run -P tests/bench/sticky_runs.ts --runs 1000
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessons } from "@lessons/catalogue.ts";
import { lessonFolder, pairIn } from "@lessons/places.ts";
import { denoRun, Program } from "../../kit/program.ts";

const { runs = "100" } = parseArgs(Deno.args, { string: ["runs"] });
const lesson = lessons.find(({ number }) => number === 5);
if (!lesson) throw new Error("Cannot run: no lesson 5");
const { own: { permissions }, name } = lesson;
const pair = pairIn(lessonFolder(name));

for (const mode of ["glue", "leftover", "fixed"]) {
  const counts = new Map<string, number>();
  for (let run = 0; run < Number(runs); run++) {
    const outcome = await play(mode);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of counts) {
    console.log(`${mode}: ${count} times ${outcome}`);
  }
}

/** One run. @returns The reads that the server printed. */
async function play(mode: string): Promise<string> {
  const start = (side: "server" | "client", port: string) =>
    Program.start({
      label: `the ${side}`,
      command: denoRun(pair[side], permissions[side], [
        "--port",
        port,
        "--mode",
        mode,
      ]),
    });
  await using server = start("server", "0");
  const ready = await server.line("its ready line");
  await using client = start("client", ready.split(":").at(-1) ?? "");
  await client.exited;
  await server.type("\n");
  await server.exited;
  return server.stdout.split("\n").slice(2, -1).join(", ");
}
