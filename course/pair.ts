/**
 * Runs a lesson's pair as the catalogue's demo does it.
 *
 * @module
 */
import type { Lesson } from "@lessons/catalogue.ts";
import { pairIn } from "../tests/kit/case.ts";
import { Failure } from "../tests/kit/failure.ts";
import { guard, Hang } from "../tests/kit/guard.ts";
import { denoRun, Program } from "../tests/kit/program.ts";
import type { Side } from "../tests/kit/script.ts";
import { UserError } from "./terminal.ts";
import { completeRecording, Tapes } from "./wire/tape.ts";

/** How long a client may take, in milliseconds. */
const CLIENT_MS = 10_000;

/** How long a server may take to end by itself once its client has gone, in milliseconds. */
const SERVER_MS = 1_000;

/** How a pair is run. */
export interface PairOptions {
  /** The client's words, after `--port`. */
  readonly words: readonly string[];
  /** Whether it is recorded. */
  readonly isRecorded: boolean;
  /** Hears each line that the programs print, as it comes. */
  readonly onLine?: (side: Side, line: string) => void;
}

/** What came of a run. */
export interface Run {
  /** The recordings, client and server; empty where nothing was recorded. */
  readonly jsonl: string;
  /** Whether both programs ended with exit code 0. */
  readonly isGood: boolean;
  /** What went wrong with the run itself. */
  readonly problem?: UserError;
}

/** Runs a pair: the server on a free port, then the client with what is typed to it. */
export async function runPair(
  lesson: Lesson,
  folder: URL,
  options: PairOptions,
): Promise<Run> {
  using tapes = new Tapes();
  const programs: Program[] = [];
  let isGood = false;
  let problem: UserError | undefined;
  try {
    isGood = await play(lesson, folder, options, tapes, programs);
  } catch (error) {
    if (error instanceof Failure) problem = new UserError(error.message, 1);
    else if (error instanceof UserError) problem = error;
    else throw error;
  } finally {
    // At once, the client first: what one does about the other's end is no part of the run.
    await Promise.all(programs.toReversed().map((program) => program.end()));
  }
  const texts = tapes.read().map((tape, i) => {
    const program = programs[i];
    return program ? completeRecording(tape, program) : tape.text;
  });
  return { jsonl: texts.join(""), isGood, ...(problem ? { problem } : {}) };
}

async function play(
  lesson: Lesson,
  folder: URL,
  { words, isRecorded, onLine }: PairOptions,
  tapes: Tapes,
  programs: Program[],
): Promise<boolean> {
  const { demo, permissions } = lesson;
  const start = (
    side: Side,
    args: readonly string[],
    hear: (line: string, stream: "stdout" | "stderr") => void = () => {},
  ) => {
    const name = side === "client"
      ? ["client.ts", ...words].join(" ")
      : "server.ts";
    const tap = isRecorded ? tapes.flags(side, name) : [];
    const flags = [...permissions[side], ...tap];
    const program = Program.start({
      label: `the ${side}`,
      command: denoRun(pairIn(folder)[side], flags, args),
      onLine: (line, stream) => {
        onLine?.(side, line);
        hear(line, stream);
      },
    });
    programs.push(program);
    return program;
  };

  const server = start("server", ["--port", "0", ...demo.server]);
  const port = await readPort(server);
  const typist = new Typist(demo.typed);
  const client = start(
    "client",
    ["--port", port, ...words],
    (_line, stream) => stream === "stdout" && typist.hear(),
  );
  typist.typeTo(client);

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
  return clientExit === 0 && serverExit === 0;
}

/** Types a demo's lines to a client: the first at once, each other when the one before it is answered. */
class Typist {
  readonly #lines: string[] | undefined;
  #client: Program | undefined;

  constructor(lines?: readonly string[]) {
    this.#lines = lines ? [...lines] : undefined;
  }

  typeTo(client: Program): void {
    this.#client = client;
    this.hear();
  }

  /** The client has printed something. */
  hear(): void {
    const line = this.#lines?.shift();
    if (line === undefined) return;
    this.#client?.type(`${line}\n`);
    if (this.#lines?.length === 0) this.#client?.endInput();
  }
}

async function readPort(server: Program): Promise<string> {
  const line = await server.line("its ready line");
  const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
  if (port !== undefined) return port;
  throw new UserError(
    `the server printed "${line}" first, not "listening on 127.0.0.1:<port>"`,
    1,
  );
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
