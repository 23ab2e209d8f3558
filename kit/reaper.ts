/**
 * Nothing is left behind: whatever ends this process, SIGKILL included, the
 * programs that it started end too.
 *
 * A second small process, the reaper, shares a ledger with this one: a file
 * with the id of each program that has started and of each that has ended.
 * The reaper's standard input is a pipe from here. When this process is gone
 * the system closes that pipe, and the reaper ends what the ledger has left.
 * It stands in a process group of its own, so that a Ctrl-C in the terminal
 * does not end it first.
 *
 * The ledger is a file and not the pipe because a file can be written
 * synchronously: an id stands in it the moment after the program has one.
 *
 * The reaper also answers a question that this process may not ask the system:
 * Deno keeps `/proc` from a program that has not been given all permissions.
 *
 * @module
 */
import { TextLineStream } from "@std/streams/text-line-stream";
import { fromFileUrl } from "./file_url.ts";

let ledger: Deno.FsFile | undefined;

/** The reaper, what goes to it and what comes from it. */
let line: {
  readonly process: Deno.ChildProcess;
  readonly questions: WritableStreamDefaultWriter<Uint8Array>;
  readonly answers: ReadableStreamDefaultReader<string>;
} | undefined;

/** Settles when the last question is answered: one at a time, so that none gets another's answer. */
let lastAnswer: Promise<unknown> = Promise.resolve();

/** Starts the reaper, once; later calls do nothing. Call it outside of a test: it lives as long as this process. */
export function startReaper(): void {
  if (ledger !== undefined) return;
  const path = Deno.makeTempFileSync({ prefix: "course_reaper_" });
  ledger = Deno.openSync(path, { append: true });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-all", // for less Deno opens no file in /proc
      fromFileUrl(new URL("./reaper_process.ts", import.meta.url)),
      path,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
  line = {
    process: child,
    questions: child.stdin.getWriter(),
    answers: child.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader(),
  };
}

/** Has the reaper, which must have been started, end a process when this one is gone. */
export function keep(pid: number): void {
  note(`+${pid}\n`);
}

/** Tells the reaper that a process has ended by itself. */
export function release(pid: number): void {
  note(`-${pid}\n`);
}

/** What a process and its descendants wait for. */
export interface Needs {
  /** How long each has been ready to run and was not let, in milliseconds, by their ids. */
  readonly waits: Readonly<Record<number, number>>;
  /** How long they have been running, all told, in milliseconds of a processor. */
  readonly ran: number;
  /** Whether all of them wait for something just now. */
  readonly sleeps: boolean;
  /** Whether one waits for a disk just now. */
  readonly isAtDisk: boolean;
}

/** Asks what a process waits for. @returns `undefined` where it has ended or this system keeps no account of it. */
export async function needsOf(pid: number): Promise<Needs | undefined> {
  const answer = lastAnswer.then(() => ask(`${pid}\n`));
  lastAnswer = answer;
  return await answer;
}

async function ask(question: string): Promise<Needs | undefined> {
  if (line === undefined) return undefined;
  const { process, questions, answers } = line;
  process.ref(); // somebody waits for the answer
  try {
    await questions.write(new TextEncoder().encode(question));
    const { value } = await answers.read();
    const needs: Needs | null = JSON.parse(value ?? "null");
    return needs ?? undefined;
  } catch {
    return undefined; // the reaper is gone: nobody knows any more
  } finally {
    process.unref();
  }
}

function note(entry: string): void {
  if (ledger === undefined) throw new Error("Cannot note: no reaper");
  ledger.writeSync(new TextEncoder().encode(entry));
}
