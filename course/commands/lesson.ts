/**
 * `deno task lesson [N]`: runs a lesson's pair and shows it on the wire.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { setColorEnabled } from "@std/fmt/colors";
import type { Which } from "@lessons/catalogue.ts";
import { answerFolder, lessonFolder, solutionFolder } from "@lessons/places.ts";
import { showHome } from "../home.ts";
import { runPair } from "../pair.ts";
import { runCommand, unknownFlag } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userFile } from "../user/file.ts";
import { findLesson, titleOf } from "../user/lesson.ts";
import { save } from "../wire/file.ts";
import { LiveLadder } from "../wire/live.ts";
import { draw } from "../wire/view.ts";
import type { RunOnce } from "../wire/viewer_server.ts";

const USAGE =
  "deno task lesson [N] [--mine | --solution] [--keyboard] [--plain | --page | --save FILE.jsonl|FILE.svg|FILE.html] [-- WORD...]";

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(async () => {
  const flags = parseArgs(Deno.args, {
    boolean: ["mine", "solution", "keyboard", "page", "plain"],
    string: ["_", "save"],
    "--": true,
    unknown(flag, key) {
      if (key !== undefined) throw unknownFlag(flag, USAGE);
    },
  });
  const [word, ...tooMany] = flags._.map(String);
  if (tooMany[0] !== undefined) {
    throw new UserError(
      `"${
        tooMany[0]
      }" is one word too many; the client's own words come after --; usage: ${USAGE}`,
    );
  }
  if (flags.mine && flags.solution) {
    throw new UserError("--mine and --solution exclude each other");
  }
  if (flags.plain && flags.save !== undefined) {
    throw new UserError("--plain and --save exclude each other");
  }
  for (const other of ["plain", "keyboard", "save"] as const) {
    if (flags.page && flags[other]) {
      throw new UserError(`--page and --${other} exclude each other`);
    }
  }
  if (word === undefined) {
    await showHome();
    return 0;
  }
  const lesson = findLesson(word);
  const folder = flags.mine
    ? answerFolder(lesson.name)
    : flags.solution
    ? solutionFolder(lesson.name)
    : lessonFolder(lesson.name);
  const target = flags.save === undefined
    ? undefined
    : await userFile(flags.save, "--save", [".jsonl", ".svg", ".html"]);
  const own = flags["--"] ?? [];
  const which: Which = flags.mine || flags.solution ? "exercise" : "own";
  const options = {
    which,
    ...(own.length > 0 ? { words: own } : {}),
    ...(flags.keyboard ? { keyboard: Deno.stdin.readable } : {}),
  };
  const onLine = (side: string, line: string) =>
    console.log(`${side} | ${line}`);

  if (flags.plain) {
    const { isGood, problem } = await runPair(lesson, folder, {
      ...options,
      isRecorded: false,
      onLine,
    });
    if (problem) throw problem;
    return isGood ? 0 : 1;
  }

  console.log(`${titleOf(lesson)}\n`);
  if (flags.page) {
    await serveViewer(
      `${titleOf(lesson)}, on the wire`,
      (onRecorded) =>
        runPair(lesson, folder, { ...options, isRecorded: true, onRecorded }),
    );
    return 0;
  }
  // On a terminal the ladder grows with the run; elsewhere it stands there at the end.
  const live = Deno.stdout.isTerminal()
    ? new LiveLadder((line) => console.log(line))
    : undefined;
  const run = await runPair(lesson, folder, {
    ...options,
    isRecorded: true,
    ...(live ? { onRecorded: (read) => live.update(read) } : {}),
  });
  if (run.jsonl !== "") {
    const view = draw(run.jsonl, `${titleOf(lesson)}, on the wire`);
    if (live) live.end(run.jsonl);
    else console.log(view.text);
    if (target !== undefined) await save(target, run.jsonl, view);
  }
  if (run.problem) throw run.problem;
  return run.isGood ? 0 : 1;
});

/** Serves the live viewer until Ctrl-C. */
async function serveViewer(title: string, runOnce: RunOnce): Promise<void> {
  const { LiveViewer } = await import("../wire/viewer_server.ts");
  const viewer = new LiveViewer(title, runOnce);
  console.log(`live page: ${viewer.address}`);
  console.log("the pair runs when you open it; Ctrl-C ends this");
  const stop = Promise.withResolvers<void>();
  Deno.addSignalListener("SIGINT", stop.resolve);
  await stop.promise;
  Deno.removeSignalListener("SIGINT", stop.resolve); // a second Ctrl-C does not wait for the run
  await viewer.close();
}
