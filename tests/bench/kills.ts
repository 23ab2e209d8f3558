/**
 * Ends `deno task` with SIGKILL at random moments, and looks a second later
 * what is left: programs, and files in the folder for temporary files.
 *
 *   deno run -A tests/bench/kills.ts [RUNS] [--only COMMAND] [--loops N] [--seed N]
 *
 * With `--loops` so many busy loops run beside it, with `--only` one command
 * alone is tried. Linux only: it looks for
 * processes in `/proc`.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { Random } from "../../kit/random.ts";
import { Copy } from "../tool/copy.ts";

/** What is killed, and after how many milliseconds at most. */
const COMMANDS: readonly (readonly [number, ...string[]])[] = [
  [1500, "check", "1"],
  [3000, "check", "7"],
  [2000, "check", "1", "--watch"],
  [1500, "check", "3", "--case", "2", "--wire"],
  [1500, "lesson", "7"],
  [1500, "lesson", "1", "--page"],
  [1500, "lesson", "1", "--mine"],
  [1500, "slides", "1"],
];

/** How long after a kill it is looked, in milliseconds. */
const AFTER_MS = 1000;

/** How long what is left then may take to go before it counts as left for ever, in milliseconds. */
const PATIENCE_MS = 20_000;

const { _: [runs = 25], ...flags } = parseArgs(Deno.args, {
  string: ["loops", "only", "seed"],
});
const random = new Random(Number(flags.seed ?? Date.now() % 1e6));
console.log(`seed ${random.seed}`);
const loops = Array.from(
  { length: Number(flags.loops ?? 0) },
  () =>
    new Deno.Command(Deno.execPath(), { args: ["eval", "for (;;);"] }).spawn(),
);
try {
  await using copy = await Copy.make();
  for (
    const lesson of [
      "01_single_shot",
      "03_connection_loop",
      "07_md5_file_transfer",
    ]
  ) {
    await Deno.mkdir(copy.path(`answers/${lesson}`), { recursive: true });
    for (
      const { name, isFile } of Deno.readDirSync(
        copy.path(`solutions/${lesson}`),
      )
    ) {
      if (!isFile) continue;
      Deno.copyFileSync(
        copy.path(`solutions/${lesson}/${name}`),
        copy.path(`answers/${lesson}/${name}`),
      );
    }
  }
  let left = 0;
  for (const [ms, ...command] of COMMANDS) {
    if (!command.join(" ").startsWith(flags.only ?? "")) continue;
    let wrong = 0;
    for (let run = 0; run < Number(runs); run++) {
      const after = random.between(0, ms);
      const found = await killed(copy, command, after);
      if (found.length === 0) continue;
      wrong++;
      console.log(
        `${command.join(" ")}, killed after ${after} ms: ${found.join("; ")}`,
      );
    }
    left += wrong;
    console.log(`${command.join(" ")}: ${wrong} of ${runs} left something`);
  }
  console.log(left === 0 ? "nothing was ever left" : `${left} left something`);
  Deno.exitCode = left === 0 ? 0 : 1;
} finally {
  for (const loop of loops) loop.kill("SIGKILL");
}

/** Starts a command, kills it, and tells what is left. */
async function killed(
  copy: Copy,
  command: readonly string[],
  after: number,
): Promise<string[]> {
  const temporary = await Deno.makeTempDir({ prefix: "kills_" });
  try {
    const task = new Deno.Command(Deno.execPath(), {
      args: ["task", ...command],
      cwd: copy.folder,
      env: { NO_COLOR: "1", TMPDIR: temporary },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await delay(after);
    try {
      task.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await task.status;
    await delay(AFTER_MS);
    const found = left(temporary);
    if (found.length === 0) return [];
    const start = performance.now();
    while (left(temporary).length > 0) {
      if (performance.now() - start > PATIENCE_MS) {
        return [...found, "for ever"];
      }
      await delay(20);
    }
    return [...found, `gone ${Math.round(performance.now() - start)} ms later`];
  } finally {
    for (const { pid } of withEnvironment(`TMPDIR=${temporary}`)) {
      Deno.kill(pid, "SIGKILL");
    }
    await Deno.remove(temporary, { recursive: true });
  }
}

/** What is there of programs and files. */
function left(temporary: string): string[] {
  return [
    ...withEnvironment(`TMPDIR=${temporary}`).map(({ words }) => words),
    ...[...Deno.readDirSync(temporary)].map(({ name }) => name),
  ];
}

/** The processes that have this in their environment. */
function withEnvironment(entry: string): { pid: number; words: string }[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name))
    .filter((pid) => pid > 0 && read(`/proc/${pid}/environ`).includes(entry))
    .map((pid) => ({
      pid,
      words: read(`/proc/${pid}/cmdline`).replaceAll("\0", " "),
    }));
}

function read(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return ""; // it has ended
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
