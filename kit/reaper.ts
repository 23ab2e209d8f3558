/**
 * Nothing is left behind: whatever ends this process, SIGKILL included, the
 * programs that it started end too, and its temporary folders go.
 *
 * A second small process, the reaper, shares a ledger with this one: a file
 * with the id of each program that has started and of each that has ended, and
 * with the temporary folders. The reaper's standard input is a pipe from here.
 * When this process is gone the system closes that pipe, and the reaper ends
 * and removes what the ledger has left. It stands in a process group of its
 * own, so that a Ctrl-C in the terminal does not end it first.
 *
 * The ledger is a file and not the pipe because a file can be written
 * synchronously. A folder stands in it before it is made. A program has its id
 * only when it has been started, so it also carries a mark in its environment,
 * by which the reaper finds one that is not in the ledger yet.
 *
 * The reaper also answers a question that this process may not ask the system:
 * Deno keeps `/proc` from a program that has not been given all permissions.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { TextLineStream } from "@std/streams/text-line-stream";
import { fromFileUrl } from "./file_url.ts";

/** The name of the mark that a program carries in its environment; its value is the ledger's path. */
const MARK = "COURSE_LEDGER";

let ledger: { readonly path: string; readonly file: Deno.FsFile } | undefined;

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
  const { path, file } = makeTemporary("course_reaper_", (path) => ({
    path,
    file: Deno.openSync(path, { append: true, create: true, mode: 0o600 }),
  }));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-all", // for less Deno opens no file in /proc
      fromFileUrl(new URL("./reaper_process.ts", import.meta.url)),
      path,
      `${MARK}=${path}`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
  ledger = { path, file };
  // A signal ends this process without a word; then nobody knows what it was about to start.
  addEventListener("unload", () => note(".\n"));
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

/** The mark that a program must carry in its environment. */
export function mark(): Record<string, string> {
  return ledger === undefined ? {} : { [MARK]: ledger.path };
}

/**
 * Makes a temporary folder; where the reaper has been started, it removes the
 * folder when this process is gone.
 *
 * @returns Its path, without links in it.
 */
export function makeFolder(prefix: string): string {
  return makeTemporary(prefix, (path) => {
    if (ledger !== undefined) note(`+${path}\n`);
    Deno.mkdirSync(path, { mode: 0o700 });
    return Deno.realPathSync(path);
  });
}

/** Removes a folder that {@linkcode makeFolder} made, and what is in it. */
export function removeFolder(path: string): void {
  Deno.removeSync(path, { recursive: true });
  if (ledger !== undefined) note(`-${path}\n`);
}

/** Nothing can be made in the system's folder for temporary files. */
export class NoTemporaryFolder extends Deno.errors.PermissionDenied {}

/**
 * Makes something at a path in the system's folder for temporary files that
 * nobody uses.
 *
 * @throws {NoTemporaryFolder} Where it cannot be made.
 */
function makeTemporary<T>(prefix: string, make: (path: string) => T): T {
  const name = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  try {
    return make(`${Deno.realPathSync(tmpdir())}/${prefix}${name}`);
  } catch (error) {
    const variable = Deno.build.os === "windows" ? "TEMP" : "TMPDIR";
    throw new NoTemporaryFolder(
      `nothing can be made in ${tmpdir()}, where temporary files go; set ${variable} to another folder`,
      { cause: error },
    );
  }
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
  return await askInTurn(`${pid}\n`);
}

/**
 * Asks whether a process has come to rest. Two looks at it must agree, for work
 * may be on its way from one of its threads to another; the reaper takes both,
 * so that nothing comes between them on a busy machine either.
 *
 * @returns `undefined` where it has ended or this system keeps no account of it.
 */
export async function isAtRest(pid: number): Promise<boolean | undefined> {
  return (await askInTurn(`${pid} twice\n`))?.sleeps;
}

async function askInTurn(question: string): Promise<Needs | undefined> {
  const answer = lastAnswer.then(() => ask(question));
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
  ledger.file.writeSync(new TextEncoder().encode(entry));
}
