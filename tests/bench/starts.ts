/**
 * Servers of lesson 10 that start at once at one path: exactly one may listen,
 * or none where one is there already, and the others must name it.
 *
 *     deno run -A tests/bench/starts.ts [--starts 200] [--busy 4]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessons } from "@lessons/catalogue.ts";
import { pairIn, solutionFolder } from "@lessons/places.ts";
import { flagsForPath } from "../../kit/path_flags.ts";
import { denoRun, Program } from "../../kit/program.ts";
import { startReaper } from "../../kit/reaper.ts";
import { WorkingFolder } from "../../kit/working_folder.ts";

const LESSON = "10_unix_sockets";
const PATH = "echo.sock";

/** So many start at once. */
const RACERS = 4;

const given = parseArgs(Deno.args, { string: ["starts", "busy"] });
const starts = Number(given.starts ?? 200);
const busy = Number(given.busy ?? 0);

startReaper();
using folder = WorkingFolder.make();
const hogs = Array.from({ length: busy }, () =>
  Program.start({
    label: "a busy program",
    command: [Deno.execPath(), "eval", "while (true);"],
  }));
for (const kind of ["free", "left", "live"] as const) {
  let right = 0;
  for (let start = 0; start < starts; start++) {
    if (kind === "free" && start > 0) Deno.removeSync(whole());
    if (await isRight(kind === "live")) right++;
  }
  console.log(`a ${kind} path: right ${right} of ${starts}`);
}
for (const hog of hogs) await hog.end();

function whole(): string {
  return `${folder.path}/${PATH}`;
}

function start(): Program {
  const lesson = lessons.find(({ name }) => name === LESSON);
  const flags = lesson?.exercise.permissions.server ?? [];
  const place = { folder: folder.path, own: PATH, path: PATH };
  return Program.start({
    label: "a server",
    folder: folder.path,
    command: denoRun(
      pairIn(solutionFolder(LESSON)).server,
      flagsForPath(flags, place),
      ["--path", PATH],
    ),
  });
}

/** Starts several. @param isTaken Whether one is started before them. @returns Whether they did what they should. */
async function isRight(isTaken: boolean): Promise<boolean> {
  const first = isTaken ? start() : undefined;
  await first?.line("its ready line");
  const racers = Array.from({ length: RACERS }, start);
  const listening = first ? [first] : [];
  await Promise.all(racers.map(async (racer) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    racer.exited.then(() => resolve());
    racer.line("its ready line").then(() => {
      listening.push(racer);
      resolve();
    }, () => {}); // it has ended: or it is waited for without end
    await promise;
  }));
  const [winner] = listening;
  const says =
    `error: ${PATH} is taken: process ${winner?.pid} answers there\n`;
  const others = racers.filter((racer) => racer !== winner);
  const isGood = listening.length === 1 &&
    others.every(({ exit, stderr }) => exit?.code === 1 && stderr === says);
  for (const program of [...racers, ...first ? [first] : []]) {
    await program.end();
  }
  return isGood;
}
