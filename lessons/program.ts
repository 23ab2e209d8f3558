/**
 * What every program of the course shares: the flags `--host` and `--port`,
 * the ready line, one-line errors and Ctrl-C.
 *
 * No socket is opened, read, written or closed here: each lesson does that
 * itself, where you can see it. Addresses and errors in words have modules of
 * their own, `addresses.ts` and `errors.ts`; a lesson imports them from here.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { TextLineStream } from "@std/streams/text-line-stream";
import {
  type Address,
  formatAddress,
  type PathAddress,
  type Place,
} from "./addresses.ts";
import { explain, explainPath, UsageError } from "./errors.ts";

export {
  type Address,
  explain,
  explainPath,
  formatAddress,
  type PathAddress,
  type Place,
  UsageError,
};

/** What a program declares of its command line, but for its address. */
export interface CommandLine<
  Flag extends string = never,
  Switch extends string = never,
> {
  /** Flags of its own that take a value, and what the usage line calls it: `{ wait: "SECONDS" }`. */
  flags?: Readonly<Record<Flag, string>>;
  /** Flags of its own that take none: `["chat"]`. */
  switches?: readonly Switch[];
  /** What the words on the command line are, for the usage line: `"MESSAGE..."`. Without it the program takes none. */
  words?: string;
}

/** What a program declares about itself. */
export interface ProgramOptions<
  Flag extends string = never,
  Switch extends string = never,
> extends CommandLine<Flag, Switch> {
  /** The port that stands for `--port` where that flag is not given. */
  port: number;
}

/** What a program declares about itself whose address is a path. */
export interface PathProgramOptions<
  Flag extends string = never,
  Switch extends string = never,
> extends CommandLine<Flag, Switch> {
  /** The path that stands for `--path` where that flag is not given. */
  path: string;
}

/**
 * The two lines that every server of the course prints alike, on stdout. An
 * error that ends the program is about the address that was said last.
 */
export interface ServerSay {
  /** Prints the ready line, `listening on 127.0.0.1:8001`; a path as it was given. */
  listening(socket: { readonly addr: Deno.Addr }): void;
  /** Prints `connected 127.0.0.1:54321`, the address of the client. */
  connected(conn: { readonly remoteAddr: Deno.Addr }): void;
}

/** What {@linkcode runClient} hands to a client. */
export interface ClientContext<
  Flag extends string = never,
  Switch extends string = never,
  At = Address,
> {
  /** Where to connect, or where a server listens. */
  address: At;
  /** The value of a flag, where it was given. */
  flag(name: Flag): string | undefined;
  /** Whether a switch was given. */
  isOn(name: Switch): boolean;
  /** The words on the command line, in order. */
  words: string[];
}

/** What {@linkcode runServer} hands to a server. */
export interface ServerContext<
  Flag extends string = never,
  Switch extends string = never,
  At = Address,
> extends ClientContext<Flag, Switch, At> {
  /** What to print when. */
  say: ServerSay;
  /** Has something done on Ctrl-C, before the program ends. Where that is a promise, the end waits for it. */
  onCtrlC(act: () => void | Promise<void>): void;
}

/**
 * Runs a server: reads the flags and calls `main`. The program ends when
 * `main` does, or on Ctrl-C, with exit code 0. Its end closes every socket
 * that it still holds.
 *
 * An error that the world outside can cause ends the program with one line on
 * stderr and exit code 1, a wrong command line with exit code 2. An error in
 * the program itself (a `TypeError`, say) keeps its stack trace.
 */
export async function runServer<
  const Flag extends string = never,
  const Switch extends string = never,
>(
  options: ProgramOptions<Flag, Switch>,
  main: (context: ServerContext<Flag, Switch>) => Promise<void>,
): Promise<void> {
  await serve(options, atPort(options.port, 0), main);
}

/**
 * Runs a server whose address is a path: as {@linkcode runServer}, with
 * `--path` in place of `--host` and `--port`.
 *
 * A path outlives its server, unless the listener is closed: on Ctrl-C, too.
 */
export async function runPathServer<
  const Flag extends string = never,
  const Switch extends string = never,
>(
  options: PathProgramOptions<Flag, Switch>,
  main: (context: ServerContext<Flag, Switch, PathAddress>) => Promise<void>,
): Promise<void> {
  await serve(options, atPath(options.path), main);
}

async function serve<
  Flag extends string,
  Switch extends string,
  At extends Place,
>(
  options: CommandLine<Flag, Switch>,
  where: Where<At>,
  main: (context: ServerContext<Flag, Switch, At>) => Promise<void>,
): Promise<void> {
  const lastActs: (() => void | Promise<void>)[] = [];
  Deno.addSignalListener("SIGINT", async () => {
    for (const act of lastActs) await act();
    Deno.exit(0);
  });
  await runMain(options, where, async (context, concern) => {
    const { address } = context;
    const say: ServerSay = {
      listening: ({ addr }) => {
        const isPath = "path" in addr && "path" in address;
        console.log(`listening on ${concern(isPath ? address : addr)}`);
      },
      connected: (conn) => console.log(`connected ${concern(conn.remoteAddr)}`),
    };
    await main({ ...context, say, onCtrlC: (act) => lastActs.push(act) });
  });
}

/**
 * Runs a client: reads the flags and calls `main`. The program ends when
 * `main` does, also where a line of stdin is still waited for.
 *
 * Errors end it as they end a server (see {@linkcode runServer}); `--port 0`
 * is one, because nobody can listen there.
 */
export async function runClient<
  const Flag extends string = never,
  const Switch extends string = never,
>(
  options: ProgramOptions<Flag, Switch>,
  main: (context: ClientContext<Flag, Switch>) => Promise<void>,
): Promise<void> {
  await runMain(options, atPort(options.port, 1), main);
}

/** Runs a client whose server has a path: as {@linkcode runClient}, with `--path` in place of `--host` and `--port`. */
export async function runPathClient<
  const Flag extends string = never,
  const Switch extends string = never,
>(
  options: PathProgramOptions<Flag, Switch>,
  main: (context: ClientContext<Flag, Switch, PathAddress>) => Promise<void>,
): Promise<void> {
  await runMain(options, atPath(options.path), main);
}

/**
 * The lines of stdin as they are typed or piped, without their line ends. A
 * last line without one counts too.
 *
 * @param prompt Stands before each line on a terminal, and only there.
 */
export async function* typedLines(prompt = "> "): AsyncGenerator<string> {
  const isTerminal = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  const ask = () => {
    if (isTerminal) Deno.stdout.writeSync(new TextEncoder().encode(prompt));
  };
  const lines = Deno.stdin.readable
    .pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))
    .pipeThrough(new TextLineStream());
  ask();
  for await (const line of lines) {
    yield line;
    ask();
  }
}

/**
 * The number that a flag's value is.
 *
 * @param name The flag, for the error: `wait`.
 * @param text Its value.
 * @param range The least and the most that it may be, both inclusive, and whether fractions are allowed.
 * @throws {UsageError} Where it is no such number.
 */
export function numberOf(
  name: string,
  text: string,
  range: { least: number; most: number; fractions?: boolean },
): number {
  const { least, most, fractions = false } = range;
  const isNumber = fractions ? /^\d+(\.\d+)?$/ : /^\d+$/;
  const number = Number(text);
  if (isNumber.test(text) && number >= least && number <= most) return number;
  const kind = fractions ? "number" : "whole number";
  throw new UsageError(
    `--${name} needs a ${kind} from ${least} to ${most}, not "${text}"`,
  );
}

/** Where a program's peer is, by the command line. */
interface Where<At> {
  /** The flags that say it, and what the usage line calls their values. */
  readonly flags: Readonly<Record<string, string>>;
  /** Makes the address of what these flags are. */
  read(flag: (name: string) => string | undefined): At;
  /** Says in words what an error about it means. */
  readonly explain: typeof explain;
}

function atPort(port: number, least: number): Where<Address> {
  return {
    flags: { host: "ADDRESS", port: "N" },
    explain,
    read: (flag) => ({
      hostname: flag("host") ?? "127.0.0.1",
      port: numberOf("port", flag("port") ?? String(port), {
        least,
        most: 65535,
      }),
    }),
  };
}

function atPath(path: string): Where<PathAddress> {
  return {
    flags: { path: "PATH" },
    explain: explainPath,
    read(flag) {
      if (Deno.build.os === "windows") {
        throw new Error("Deno has no Unix sockets on Windows");
      }
      return { transport: "unix", path: flag("path") ?? path };
    },
  };
}

/** Calls `main` and ends the program: with exit code 0, or with one line for an error. */
async function runMain<
  Flag extends string,
  Switch extends string,
  At extends Place,
>(
  options: CommandLine<Flag, Switch>,
  where: Where<At>,
  main: (
    context: ClientContext<Flag, Switch, At>,
    concern: (address: Deno.Addr | Place) => string,
  ) => Promise<void>,
): Promise<never> {
  let about = ""; // whom an error is about: the address that was named last
  const concern = (address: Deno.Addr | Place) =>
    about = formatAddress(address);
  try {
    const context = readCommandLine(options, where);
    concern(context.address);
    await main(context, concern);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`error: ${error.message}; usage: ${usage(options, where)}`);
      Deno.exit(2);
    }
    const line = where.explain(error, about);
    if (line === undefined) throw error;
    console.error(`error: ${line}`);
    Deno.exit(1);
  }
  Deno.exit(0);
}

function readCommandLine<Flag extends string, Switch extends string, At>(
  options: CommandLine<Flag, Switch>,
  where: Where<At>,
): ClientContext<Flag, Switch, At> {
  const flags = { ...where.flags, ...options.flags };
  const given: Record<string, unknown> = parseArgs(Deno.args, {
    string: ["_", ...Object.keys(flags)],
    boolean: options.switches ?? [],
    unknown(flag, key) {
      if (key !== undefined) throw new UsageError(`unknown flag ${flag}`);
    },
  });
  const flag = (name: string) => {
    const text = given[name];
    if (text === "") throw new UsageError(`--${name} needs a value`);
    return typeof text === "string" ? text : undefined;
  };

  const address = where.read(flag);
  const words = Array.isArray(given._) ? given._.map(String) : [];
  if (words[0] !== undefined && options.words === undefined) {
    throw new UsageError(`"${words[0]}" is one word too many`);
  }
  const isOn = (name: string) => given[name] === true;
  return { address, flag, isOn, words };
}

function usage(
  options: CommandLine<string, string>,
  where: Where<unknown>,
): string {
  const flags = { ...where.flags, ...options.flags };
  return [
    Deno.mainModule.split("/").at(-1),
    ...Object.entries(flags).map(([name, value]) => `[--${name} ${value}]`),
    ...(options.switches ?? []).map((name) => `[--${name}]`),
    options.words ?? "",
  ].join(" ").trimEnd();
}
