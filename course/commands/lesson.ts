/**
 * `deno task lesson [N]`: runs a lesson's pair and shows it on the wire.
 *
 * @module
 */
import { setColorEnabled } from "@std/fmt/colors";
import type { Lesson, Which } from "@lessons/catalogue.ts";
import {
  answerFolder,
  lessonFolder,
  type Pair,
  pairIn,
  SIDES,
  solutionFolder,
} from "@lessons/places.ts";
import { programsIn, rightsOf } from "../programs.ts";
import { plain } from "../../kit/plain.ts";
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userFile } from "../user/file.ts";
import { absenceOf, findLesson, LESSON, titleOf } from "../user/lesson.ts";
import { type Network, NETWORK_FORM, readNetwork } from "../wire/network.ts";
import type { RunOnce } from "../wire/viewer_server.ts";

const COMMAND = {
  usage:
    "deno task lesson [N] [--mine | --solution] [--keyboard] [--network HABITS] [--plain | --page | --save FILE.jsonl|FILE.svg|FILE.html] [-- WORD...]",
  about:
    "Runs a lesson's pair and shows what it does on the wire. Without a lesson it shows what you have passed and what is next.",
  words: [{ name: "N", about: LESSON.about }],
  flags: {
    mine: { about: "runs your answer's pair" },
    solution: { about: "runs our answer's pair" },
    keyboard: { about: "what you type goes to the client" },
    network: {
      about: "loses, doubles, swaps and delays datagrams, by a seed",
      value: { name: "HABITS", what: NETWORK_FORM },
    },
    plain: { about: "shows what the programs print, and nothing else" },
    page: { about: "shows the run in a browser, as it happens" },
    save: {
      about: "keeps the run: as a recording, a picture or a page",
      value: {
        name: "FILE",
        what: "a file that ends in .jsonl or .svg or .html",
      },
    },
  },
  exclusive: [
    ["mine", "solution"],
    ["plain", "save"],
    ["plain", "network"],
    ["page", "plain"],
    ["page", "keyboard"],
    ["page", "save"],
  ],
  rest: "the client's own words",
  examples: [
    "deno task lesson 1",
    "deno task lesson 1 -- good morning",
    "deno task lesson 1 --mine --save run.html",
  ],
} as const;

setColorEnabled(Deno.stdout.isTerminal() && !Deno.noColor);

await runCommand(COMMAND, async ({ words: [word], flags, rest }) => {
  // What takes long to load is loaded when it is wanted: a command looks after its parent before.
  if (word === undefined) {
    const { showHome } = await import("../home.ts");
    await showHome();
    return 0;
  }
  const lesson = findLesson(word);
  const absence = absenceOf(lesson);
  if (absence !== undefined) {
    console.log(absence);
    return 0;
  }
  const pair = flags.mine
    ? await programsIn(answerFolder(lesson.name))
    : pairIn(
      flags.solution ? solutionFolder(lesson.name) : lessonFolder(lesson.name),
    );
  const rights = rightsOf(pair);
  if (rights !== undefined) console.error(plain(rights));
  const target = flags.save === undefined
    ? undefined
    : await userFile(flags.save, "--save", [".jsonl", ".svg", ".html"]);
  const network = flags.network === undefined
    ? undefined
    : networkFor(lesson, pair, flags.network);
  const which: Which = flags.mine || flags.solution ? "exercise" : "own";
  const options = {
    which,
    ...(rest.length > 0 ? { words: rest } : {}),
    ...(flags.keyboard ? { keyboard: Deno.stdin.readable } : {}),
    network,
  };
  const onLine = (side: string, line: string) =>
    console.log(`${side} | ${plain(line)}`);

  const { runPair } = await import("../pair.ts");
  if (flags.plain) {
    const { isGood, problem } = await runPair(lesson, pair, {
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
        runPair(lesson, pair, { ...options, isRecorded: true, onRecorded }),
    );
    return 0;
  }
  const { LiveLadder } = await import("../wire/live.ts");
  const { widthOfTerminal } = await import("../wire/terminal.ts");
  const { draw } = await import("../wire/view.ts");
  // On a terminal the ladder grows with the run; elsewhere it stands there at the end.
  const live = Deno.stdout.isTerminal()
    ? new LiveLadder((line) => console.log(line), widthOfTerminal())
    : undefined;
  const run = await runPair(lesson, pair, {
    ...options,
    isRecorded: true,
    ...(live ? { onRecorded: (read) => live.update(read) } : {}),
  });
  if (run.recordings.length > 0) {
    const view = draw(run.recordings, `${titleOf(lesson)}, on the wire`);
    if (live) live.end(run.recordings);
    else console.log(view.text);
    if (target !== undefined) {
      const { save } = await import("../wire/file.ts");
      console.log(`\n${await save(target, run.recordings, view)}`);
    }
  }
  if (run.problem) throw run.problem;
  return run.isGood ? 0 : 1;
});

/**
 * The network that somebody wants between a pair.
 *
 * @throws {UserError} Where it is none, or cannot be put between these.
 */
function networkFor(
  { number, transport }: Lesson,
  pair: Pair,
  text: string,
): Network {
  const network = readNetwork(text);
  if (!network) {
    throw new UserError(
      `--network takes habits ${NETWORK_FORM}, not "${text}"`,
    );
  }
  if (transport !== "UDP") {
    throw new UserError(
      `--network loses datagrams, and lesson ${number} sends none`,
    );
  }
  if (SIDES.some((side) => !(pair[side] instanceof URL))) {
    throw new UserError(
      "--network is for programs that Deno runs; put lesson 11's link.ts between others",
    );
  }
  return network;
}

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
