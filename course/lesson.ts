/**
 * `deno task lesson [N]`: runs a lesson's pair and shows what both programs print.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Lesson, lessons } from "@lessons/catalogue.ts";
import { pairIn, solutionFolder } from "../tests/kit/case.ts";
import { Failure } from "../tests/kit/failure.ts";
import { guard, Hang } from "../tests/kit/guard.ts";
import { denoRun, Program } from "../tests/kit/program.ts";
import type { Side } from "../tests/kit/script.ts";
import { answersFolder } from "./answers.ts";
import { heading, row } from "./columns.ts";
import {
  findLesson,
  root,
  runCommand,
  titleOf,
  unknownFlag,
  UserError,
} from "./terminal.ts";

const USAGE =
  "deno task lesson [N] [--mine | --solution] [--plain] [-- WORD...]";

/** How long a client may take, in milliseconds. */
const CLIENT_MS = 10_000;

/** How long a server may take to end by itself once its client has gone, in milliseconds. */
const SERVER_MS = 1_000;

await runCommand(async () => {
  const flags = parseArgs(Deno.args, {
    boolean: ["mine", "solution", "plain"],
    string: ["_"],
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
  if (word === undefined) {
    listLessons();
    return 0;
  }
  const lesson = findLesson(word);
  const folder = flags.mine
    ? answersFolder(lesson)
    : flags.solution
    ? solutionFolder(lesson.name)
    : new URL(`lessons/${lesson.name}/`, root);
  const words = flags["--"] ?? [];
  return await runPair(lesson, folder, {
    isPlain: flags.plain,
    clientArgs: words.length > 0 ? words : lesson.demo.client,
  });
});

function listLessons(): void {
  for (const lesson of lessons) {
    console.log(`${titleOf(lesson)}: ${lesson.about}`);
  }
  const first = lessons[0]?.number ?? 1;
  console.log(`\nrun one: deno task lesson ${first}`);
}

/** Runs server and client, prints their lines as they come, and gives the exit code. */
async function runPair(
  lesson: Lesson,
  folder: URL,
  how: { isPlain: boolean; clientArgs: readonly string[] },
): Promise<number> {
  const files = pairIn(folder);
  const show = how.isPlain ? showPlain : showInColumns;
  const start = (side: Side, args: readonly string[]) =>
    Program.start({
      label: `the ${side}`,
      command: denoRun(files[side], lesson.permissions[side], args),
      onLine: (line) => show(side, line),
    });

  if (!how.isPlain) {
    console.log(`${titleOf(lesson)}\n`);
    console.log(
      heading("server.ts", ["client.ts", ...how.clientArgs].join(" ")),
    );
  }
  await using server = start("server", ["--port", "0", ...lesson.demo.server]);
  const port = await readPort(server);
  await using client = start("client", ["--port", port, ...how.clientArgs]);
  if (lesson.demo.typed && lesson.transport === "TCP") {
    await printsOn(server); // nobody types before the two are connected
  }
  await typeLines(client, lesson.demo.typed ?? [], (line) => {
    if (!how.isPlain) showInColumns("client", `> ${line}`);
  });

  const clientExit = await settled(CLIENT_MS, client);
  if (clientExit === undefined) {
    throw new UserError(
      `the client was still running after ${
        CLIENT_MS / 1000
      } s and was stopped`,
      1,
    );
  }
  let serverExit = await settled(SERVER_MS, server);
  if (serverExit === undefined) {
    server.signal("SIGINT");
    serverExit = await settled(SERVER_MS, server);
  }
  return clientExit === 0 && serverExit === 0 ? 0 : 1;
}

async function readPort(server: Program): Promise<string> {
  try {
    const line = await server.line("its ready line");
    const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return port;
    throw new UserError(
      `the server printed "${line}" first, not "listening on 127.0.0.1:<port>"`,
      1,
    );
  } catch (error) {
    if (error instanceof Failure) throw new UserError(error.message, 1);
    throw error;
  }
}

/**
 * Types lines to a program, the first at once and each other one when the one
 * before it is answered, and ends its input.
 *
 * @param typed Told of each line before it is typed.
 */
async function typeLines(
  program: Program,
  lines: readonly string[],
  typed: (line: string) => void,
): Promise<void> {
  for (const [i, line] of lines.entries()) {
    if (i > 0 && !await printsOn(program)) break;
    typed(line);
    await program.type(`${line}\n`);
  }
  await program.endInput();
}

/** Waits until a program has printed one line more; `false` where it prints none. */
async function printsOn(program: Program): Promise<boolean> {
  try {
    await program.line("a line");
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The exit code of a program, or `undefined` where it still runs after so many milliseconds. */
async function settled(
  ms: number,
  program: Program,
): Promise<number | undefined> {
  try {
    return (await guard(ms, program.exited)).code;
  } catch (error) {
    if (error instanceof Hang) return undefined;
    throw error;
  }
}

function showPlain(side: Side, line: string): void {
  console.log(`${side} | ${line}`);
}

function showInColumns(side: Side, line: string): void {
  console.log(side === "server" ? row(line, "") : row("", line));
}
