/**
 * The programs of a pair that runs: what is typed to them, where they are, and
 * how their end is waited for.
 *
 * @module
 */
import { TextLineStream } from "@std/streams/text-line-stream";
import type { ClientDemo, Demo } from "@lessons/catalogue.ts";
import { type Address, formatAddress, type Place } from "@lessons/program.ts";
import { guard, Hang, within } from "../kit/guard.ts";
import type { Program } from "../kit/program.ts";
import { UserError } from "./user/error.ts";
import type { Cue, Typed } from "./wire/recording.ts";

/** Why something is typed just then. */
export type Why = Partial<Pick<Typed, "isAfterOthers" | "cue">>;

/** A program, and what was typed to it. */
export class Player {
  /** What was typed so far. */
  readonly typed: Omit<Typed, "type">[] = [];

  /** Nothing has been typed yet. */
  constructor(readonly program: Program) {}

  /** Types a line. @param why Why just then. */
  async type(text: string, why: Why = {}): Promise<void> {
    this.#note(text, why);
    await this.program.type(`${text}\n`);
  }

  /** Presses Ctrl-C when the other program has ended. */
  pressCtrlC(): void {
    this.#note("Ctrl-C", { isAfterOthers: true, cue: "done" });
    this.program.signal("SIGINT");
  }

  #note(text: string, { isAfterOthers = false, cue }: Why): void {
    const at = performance.timeOrigin + performance.now();
    this.typed.push({ at, text, isAfterOthers, ...(cue ? { cue } : {}) });
  }
}

/** What is still to be typed to a client, and how far it has come. */
export interface Part {
  /** What the catalogue says of it. */
  readonly demo: ClientDemo;
  /** The lines that are still to be typed. */
  readonly untyped: string[];
  /** How many lines it has printed on stdout. */
  lines: number;
  /** Whether it has said on stderr that it is connected. */
  isHere: boolean;
  /** Why its last line would be typed now, if it did not wait for the others. */
  waiting?: Cue;
  /** The client, once it has been started. */
  player?: Player;
}

/** What stands in the folder of a place that is a path; the whole of any other. */
export function nameIn(place: Place): string {
  return formatAddress(place).split("/").at(-1) ?? "";
}

/** Whether a client's next line waits until all others are there. */
export function mustWait(
  { lastWhenAllAreHere = false, others = [] }: Demo,
  untyped: readonly string[],
): boolean {
  return lastWhenAllAreHere && others.length > 0 && untyped.length === 1;
}

/** Passes the lines that somebody types on to a program, until it ends. */
export async function forward(
  keyboard: ReadableStream<Uint8Array<ArrayBuffer>>,
  player: Player,
): Promise<void> {
  const reader = keyboard.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  player.program.exited.then(() => reader.cancel());
  while (true) {
    const { value, done } = await reader.read();
    if (done) break;
    await player.type(value);
  }
  await player.program.endInput();
}

/** Where a server listens, by its ready line. @throws {UserError} Where its first line is another. */
export async function readPort(server: Program): Promise<Address> {
  const line = await server.line("its ready line");
  const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
  if (port !== undefined) return { hostname: "127.0.0.1", port: Number(port) };
  throw new UserError(
    `the server printed "${line}" first, not "listening on 127.0.0.1:<port>"`,
    1,
  );
}

/** Waits for the ready line of a server at a path. @throws {UserError} Where its first line is another. */
export async function readPath(server: Program, path: string): Promise<void> {
  const line = await server.line("its ready line");
  if (line.startsWith("listening on ") && line.endsWith(path)) return;
  throw new UserError(
    `the server printed "${line}" first, not "listening on ${path}"`,
    1,
  );
}

/** The exit code of a program, or `undefined` where it still runs after so many milliseconds. */
export async function settled(
  ms: number,
  program: Program,
): Promise<number | undefined> {
  try {
    return (await guard(within(ms, program.patience), program.exited)).code;
  } catch (error) {
    if (error instanceof Hang) return undefined;
    throw error;
  }
}
