/**
 * Counts how often what must always pass passes: on a bare machine, and on a
 * busy one.
 *
 *   deno run -P tests/bench/steady_runs.ts clones 20
 *   deno run -P tests/bench/steady_runs.ts suite 5 --loops 16
 *   deno run -P tests/bench/steady_runs.ts checks 30 --loops 16
 *
 * `clones`: the README's two commands in a fresh clone with an empty DENO_DIR.
 * `suite`: all tests, here. `checks`: the check of each exercise on our
 * solution, one after the other. With `--loops N` so many busy loops run beside
 * it. This program starts them itself: Linux shares the processors among
 * sessions, and loops of another terminal would take half of them at most.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessons } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";

const home = fromFileUrl(root);

/** A command, and where and with which environment it runs. */
interface Run {
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

const { loops: many = "0", _: words } = parseArgs(Deno.args, {
  string: ["loops"],
});
const [what = "", times = "1"] = words.map(String);

const loops = Array.from(
  { length: Number(many) },
  () =>
    new Deno.Command(Deno.execPath(), { args: ["eval", "while (true);"] })
      .spawn(),
);
try {
  for (let i = 1; i <= Number(times); i++) {
    if (what === "clones") await inFreshClone(i);
    else if (what === "suite") await run(task(`suite, run ${i}`, "test"));
    else if (what === "checks") {
      for (const { number } of lessons) {
        const name = `check ${number}, run ${i}`;
        const words = ["check", String(number), "--answers", "solutions"];
        await run(task(name, ...words));
      }
    } else throw new Error("Cannot run: say clones, suite or checks");
  }
} finally {
  for (const loop of loops) loop.kill("SIGKILL");
}

function task(name: string, ...words: string[]): Run {
  return { name, args: ["task", ...words], folder: home };
}

/** The README's two commands in a clone of what is committed here, in a folder with a space and 中文 in its name. */
async function inFreshClone(i: number): Promise<void> {
  const place = await Deno.makeTempDir({ prefix: "course_clone_" });
  const folder = `${place}/the course 课程`;
  const env = { DENO_DIR: `${place}/deno` };
  try {
    await new Deno.Command("git", { args: ["clone", "-q", home, folder] })
      .spawn().status;
    for (const words of [["lesson", "1"], ["test"]]) {
      const name = `clone ${i}: task ${words.join(" ")}`;
      await run({ name, args: ["task", ...words], folder, env });
    }
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

/** Runs a command and prints a line about it; what a failed one printed is kept in a file. */
async function run({ name, args, folder, env = {} }: Run): Promise<void> {
  const start = performance.now();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  let note = "";
  if (code !== 0) {
    const file = await Deno.makeTempFile({ prefix: "course_run_" });
    await Deno.writeFile(file, stderr);
    await Deno.writeFile(file, stdout, { append: true });
    note = `: ${file}`;
  }
  console.log(
    `${code === 0 ? "ok    " : "FAILED"} ${seconds} s, ${name}${note}`,
  );
}
