/**
 * A program under test: started as a process of its own, listened to line by
 * line, and ended with the case whatever it does.
 *
 * @module
 */
import { join, toBytes } from "./bytes.ts";
import { COURSE_FLAGS } from "./config.ts";
import { Failure } from "./failure.ts";
import { firstOf, guard, Hang, type Patience } from "./guard.ts";
import { isAtRest, keep, mark, release, startReaper } from "./reaper.ts";
import { SharedPatience, Strain } from "./strain.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How long a program is given to come to rest where the system does not tell, in milliseconds. */
const BREATH_MS = 20;

/** Has Python write what it prints at once, to a pipe too, as it does to a terminal. */
const UNBUFFERED = { PYTHONUNBUFFERED: "1" };

/** How a program is started. */
export interface ProgramOptions {
  /** What a verdict calls it: `your server`. */
  readonly label: string;
  /** The executable and its arguments; see {@linkcode denoRun}. */
  readonly command: readonly [string, ...string[]];
  /** The folder in which it runs; ours unless told otherwise. */
  readonly folder?: string | undefined;
  /** How much it may print on each stream, in bytes; past it, it is ended. 1 MiB unless told otherwise. */
  readonly mostOutput?: number;
  /** How long it is waited for in each step; a step's time unless told otherwise. */
  readonly patience?: Patience;
  /** Hears each line that it prints, without its line end, as it comes. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Whether somebody wrote it for another runtime than the course's: it may start programs of its own, and they get its signals. */
  readonly isForeign?: boolean;
}

/** How a program ended. */
export interface Exit {
  /** Its exit code; 128 and more where a signal ended it. */
  readonly code: number;
  /** The signal that ended it, or `null`. */
  readonly signal: Deno.Signal | null;
}

/** One of a program's two output streams, kept as it comes, up to a limit. */
class Output {
  readonly #chunks: Uint8Array[] = [];
  #total = 0;
  readonly ended: Promise<void>;

  constructor(
    stream: ReadableStream<Uint8Array>,
    most: number,
    onChange: (total: number) => void,
    onLine?: (line: string) => void,
  ) {
    this.ended = this.#listen(stream, most, onChange, onLine);
  }

  async #listen(
    stream: ReadableStream<Uint8Array>,
    most: number,
    onChange: (total: number) => void,
    onLine: (line: string) => void = () => {},
  ): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of stream) {
      if (this.#total > most) continue;
      this.#chunks.push(chunk);
      this.#total += chunk.length;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        "\n",
      );
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line.replace(/\r$/, ""));
      onChange(this.#total);
    }
    if (rest !== "") onLine(rest);
  }

  get bytes(): Uint8Array {
    return join(this.#chunks);
  }

  get text(): string {
    return new TextDecoder().decode(this.bytes);
  }
}

/** A process that runs one of the course's programs or a learner's. */
export class Program implements AsyncDisposable {
  /** What a verdict calls it. */
  readonly label: string;
  /** For how long the machine has kept it waiting. */
  readonly strain: Strain;
  /** How long it is waited for in each step. */
  readonly patience: Patience;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stdout: Output;
  readonly #stderr: Output;
  readonly #exited: Promise<Exit>;
  /** Whether it was written for another runtime than the course's. */
  readonly isForeign: boolean;
  /** Whether those that it starts get its signals. */
  readonly #hasGroup: boolean;
  #exit: Exit | undefined;
  #tooMuch = false;
  #linesTaken = 0;
  #isAllSeen = false;
  #news = Promise.withResolvers<void>();

  private constructor(child: Deno.ChildProcess, options: ProgramOptions) {
    this.label = options.label;
    this.#child = child;
    this.isForeign = options.isForeign ?? false;
    this.#hasGroup = this.isForeign && Deno.build.os !== "windows";
    this.strain = new Strain(child.pid);
    this.patience = options.patience ??
      new SharedPatience(() => [this.strain]);
    this.#stdin = child.stdin.getWriter();
    const most = options.mostOutput ?? 1024 * 1024;
    const onChange = (total: number) => {
      if (total > most && !this.#tooMuch) {
        this.#tooMuch = true;
        this.kill();
      }
      this.#tellNews();
    };
    const { onLine } = options;
    this.#stdout = new Output(
      child.stdout,
      most,
      onChange,
      (line) => onLine?.(line, "stdout"),
    );
    this.#stderr = new Output(
      child.stderr,
      most,
      onChange,
      (line) => onLine?.(line, "stderr"),
    );
    this.#exited = this.#waitForExit();
  }

  async #waitForExit(): Promise<Exit> {
    const { code, signal } = await this.#child.status;
    await Promise.all([
      this.#stdout.ended,
      this.#stderr.ended,
      this.strain[Symbol.asyncDispose](),
    ]);
    release(this.#child.pid);
    this.#exit = { code, signal };
    this.#tellNews();
    return this.#exit;
  }

  /** Starts a program. Its standard input is a pipe that nobody has written to yet. */
  static start(options: ProgramOptions): Program {
    startReaper(); // before the program, so that its id is told the moment it has one
    const { label, isForeign = false } = options;
    const [executable, ...args] = options.command;
    const command = new Deno.Command(executable, {
      args,
      // Then its process group has its own id, and a signal for the group reaches all in it.
      detached: isForeign,
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      env: { NO_COLOR: "1", RUST_BACKTRACE: "0", ...UNBUFFERED, ...mark() },
    });
    const child = isForeign
      ? spawnForeign(command, label, executable)
      : command.spawn();
    keep(child.pid);
    return new Program(child, options);
  }

  /** The process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** What it has printed on stdout so far. */
  get stdout(): string {
    return this.#stdout.text;
  }

  /** What it has printed on stderr so far. */
  get stderr(): string {
    return this.#stderr.text;
  }

  /** How it ended, once it has. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /**
   * Takes the next line of stdout, without its line end.
   *
   * @param what What the line should be, for the verdict.
   * @throws {Failure} Where no line comes in time, or the program ends before one.
   */
  async line(what: string): Promise<string> {
    const lines = () => this.stdout.split("\n");
    await this.#until(
      () => this.#linesTaken < lines().length - 1,
      `print ${what}`,
    );
    const line = lines()[this.#linesTaken] ?? "";
    this.#linesTaken++;
    return line.replace(/\r$/, "");
  }

  /**
   * Waits until a line stands on stderr.
   *
   * @throws {Failure} Where it does not in time.
   */
  async errorLine(line: string): Promise<void> {
    await this.#until(
      () => this.stderr.split(/\r?\n/).includes(line),
      `write "${line}" on stderr`,
    );
  }

  /** Settles when the program has ended and all that it printed is read, however long that takes. */
  get exited(): Promise<Exit> {
    return this.#exited;
  }

  /**
   * Waits until the program ends by itself, a step's time.
   *
   * @throws {Failure} Where it does not in time.
   */
  async exits(): Promise<Exit> {
    await this.#until(() => this.#exit !== undefined, "end", true);
    return await this.#exited;
  }

  /**
   * Waits until the program has done all that it can do for now: until it has
   * ended, or waits for something that has not come yet.
   *
   * @throws {Failure} Where it is still at work after a step's time.
   */
  async settles(): Promise<void> {
    await this.#guard(this.#rests(BREATH_MS), "come to rest");
  }

  /** Waits for a program that is about to end, so that its last words are read. @param patience For how long at most. */
  async lastWords(patience: Patience): Promise<void> {
    try {
      await guard(patience, this.#rests(patience.ms));
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
    }
  }

  /**
   * Settles when it has ended, or all of it sleeps.
   *
   * @param ms How long it is given where the system keeps no account of that, in milliseconds.
   */
  async #rests(ms: number): Promise<void> {
    while (this.#exit === undefined) {
      const isThere = await isAtRest(this.pid);
      if (isThere) return;
      if (isThere === undefined) return await firstOf(this.#exited, ms);
    }
  }

  /** What it has printed and nobody has looked at. */
  get rest(): string {
    if (this.#isAllSeen) return "";
    return this.stdout.split("\n").slice(this.#linesTaken).join("\n");
  }

  /** The bytes of the line that was taken last, without its line end. */
  get lastLine(): Uint8Array {
    let bytes = this.#stdout.bytes;
    for (let line = 1; line < this.#linesTaken; line++) {
      bytes = bytes.subarray(bytes.indexOf(LINE_FEED) + 1);
    }
    const end = bytes.indexOf(LINE_FEED);
    return bytes.subarray(
      0,
      bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end,
    );
  }

  /** All that it has printed has been looked at; its lines can still be taken. */
  seeAll(): void {
    this.#isAllSeen = true;
  }

  /** Writes to its stdin. A program that has left is judged by what it does, not by this. */
  async type(text: string | Uint8Array): Promise<void> {
    await this.#stdin.write(toBytes(text)).catch(() => {});
  }

  /** Ends its stdin, as Ctrl-D does. */
  async endInput(): Promise<void> {
    await this.#stdin.close().catch(() => {});
  }

  /** Sends a signal; a program that has ended already is left alone. */
  signal(name: Deno.Signal): void {
    try {
      if (this.#hasGroup) Deno.kill(-this.pid, name);
      else this.#child.kill(name);
    } catch (error) {
      const isOver = error instanceof TypeError || // it has ended
        error instanceof Deno.errors.NotFound; // so has all its group
      if (!isOver) throw error;
    }
  }

  /** Ends the program at once. */
  kill(): void {
    this.signal("SIGKILL");
  }

  /** Ends it at once, and waits until it has ended. */
  async end(): Promise<void> {
    this.kill();
    await this.#stdin.close().catch(() => {}); // an error here: the program or its stdin has ended
    await this.#exited;
  }

  /** Ends it at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  /** Waits until a condition holds that output or the program's end can bring about. */
  async #until(
    holds: () => boolean,
    what: string,
    endIsFine = false,
  ): Promise<void> {
    const wait = async () => {
      while (!holds()) {
        if (this.#tooMuch) {
          throw new Failure(
            `${this.label} printed more than it should have and was stopped; it was expected to ${what}`,
          );
        }
        if (this.#exit !== undefined && !endIsFine) {
          throw new Failure(
            `${this.label} ended with exit code ${this.#exit.code} when it was expected to ${what}`,
          );
        }
        await this.#news.promise;
      }
    };
    await this.#guard(wait(), what);
  }

  async #guard(wait: Promise<void>, what: string): Promise<void> {
    try {
      await guard(this.patience, wait);
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${this.label} did not ${what} within ${error.time}`,
      );
    }
  }

  #tellNews(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

/** Starts a program that may not be there. @throws {Failure} Where it is not. */
function spawnForeign(
  command: Deno.Command,
  label: string,
  executable: string,
): Deno.ChildProcess {
  try {
    return command.spawn();
  } catch (error) {
    const { NotFound, PermissionDenied } = Deno.errors;
    if (error instanceof NotFound) {
      throw new Failure(
        `${label} cannot be started: this machine has no program "${executable}"`,
      );
    }
    if (!(error instanceof PermissionDenied)) throw error;
    throw new Failure(
      `${label} cannot be started: the system does not let "${executable}" run`,
    );
  }
}

/**
 * The command that runs a TypeScript file in this very Deno.
 *
 * @param file The program's file, in any folder: the course's import map holds for it.
 * @param flags Deno's flags: the lesson's own permissions, and what the tool itself must add to record the program.
 * @param args The program's arguments.
 */
export function denoRun(
  file: URL,
  flags: readonly string[],
  args: readonly string[],
): [string, ...string[]] {
  return [
    Deno.execPath(), // never "deno": under npx that is a wrapper, and killing it leaves Deno running
    "run",
    "--quiet",
    "--no-prompt",
    ...COURSE_FLAGS,
    ...flags,
    file.href,
    ...args,
  ];
}
