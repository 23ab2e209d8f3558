/**
 * Measures what the tap costs: a program's start, and an echo's round trip of
 * two writes and two reads, without the tap, with it, and where it follows causes.
 *
 *   deno run -P tests/bench/tap_bench.ts
 *
 * @module
 */
import { tapFlags } from "../../course/wire/recorder.ts";
import { COURSE_FLAGS } from "../../kit/config.ts";

const RUNS = 11;
const program = new URL("round_trips.ts", import.meta.url);
const file = await Deno.makeTempFile({ suffix: ".jsonl" });

console.log("median of", RUNS, "runs      whole run   round trip");
for (
  const [name, flags] of [
    ["without", []],
    ["with the tap", tapFlags(file, "server", "round_trips.ts")],
    ["with causes", tapFlags(file, "server", "t.ts", { hasCauses: true })],
  ] as const
) {
  const wholes: number[] = [];
  const trips: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        ...COURSE_FLAGS,
        "--allow-net=127.0.0.1",
        ...flags,
        program.href,
      ],
    }).output();
    if (!success) throw new Error("Cannot measure: the program failed");
    wholes.push(performance.now() - start);
    trips.push(Number(new TextDecoder().decode(stdout)));
  }
  console.log(
    `${name.padEnd(24)} ${median(wholes).toFixed(0).padStart(8)} ms ${
      median(trips).toFixed(1).padStart(9)
    } µs`,
  );
}
await Deno.remove(file);

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
