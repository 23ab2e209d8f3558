/**
 * What every command of the tool shares: its command line, its help and its
 * one-line errors.
 *
 * The parser is Node's, which Deno has built in. `@std/cli` would be fetched
 * first, and `hint`, `reset` and `doctor` need no package: least of all the
 * command that says whether this machine is ready.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { plain } from "../../kit/plain.ts";
import { wrap } from "../../kit/wrap.ts";
import { UserError } from "./error.ts";
import { guess } from "./guess.ts";

/** A word that a command takes. */
export interface Word {
  /** What it is called in the usage: `N`. */
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  /** What is asked where it is missing: `which lesson?`. Without that it may be missing. */
  readonly asks?: string;
}

/** A flag that a command takes. */
export interface Flag {
  /** What it does. */
  readonly about: string;
  /** What stands behind it: what that is called in the usage, and what it has to be. */
  readonly value?: { readonly name: string; readonly what: string };
}

/** The flags of a command, by their names without `--`. */
export type Flags = Readonly<Record<string, Flag>>;

/** A command, as it is described to the user. */
export interface Command<F extends Flags> {
  /** How it is called: `deno task hint N [1 | 2 | 3]`. */
  readonly usage: string;
  /** What it does. */
  readonly about: string;
  /** Its words, in their order. */
  readonly words: readonly Word[];
  /** Its flags, but for `--help`. */
  readonly flags: F;
  /** Flags of which only one may be given. */
  readonly exclusive?: readonly (readonly [string, string])[];
  /** What may follow `--`: `the client's own words`. */
  readonly rest?: string;
  /** Command lines that somebody may want. */
  readonly examples: readonly string[];
}

/** A command line, read. */
export interface CommandLine<F extends Flags> {
  /** The words that were given. */
  readonly words: readonly string[];
  /** The flags: the text behind each that takes one, and whether each other was given. */
  readonly flags: {
    readonly [K in keyof F]: F[K] extends { readonly value: unknown }
      ? string | undefined
      : boolean;
  };
  /** What followed `--`. */
  readonly rest: readonly string[];
}

/**
 * Runs a command and ends with its exit code. Where help is asked for, that is
 * all that it does; a {@linkcode UserError} becomes one line on stderr.
 */
export async function runCommand<const F extends Flags>(
  command: Command<F>,
  main: (line: CommandLine<F>) => Promise<number>,
): Promise<void> {
  endWithParent();
  try {
    const line = readCommandLine(command, Deno.args);
    if (line === "help") console.log(helpOf(command));
    else Deno.exitCode = await main(line);
  } catch (error) {
    const known = error instanceof UserError ? error : refusalOf(error);
    if (!known) throw error;
    console.error(`error: ${plain(known.message)}`);
    Deno.exitCode = known.code;
  }
}

/** What the system or the network refuses is no bug of the tool: a full disk, a folder that may not be written to, a package that does not come. */
function refusalOf(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { PermissionDenied, NotADirectory, IsADirectory } = Deno.errors;
  const isRefusal = [PermissionDenied, NotADirectory, IsADirectory]
    .some((kind) => error instanceof kind) ||
    ("code" in error &&
      /^E(NOSPC|DQUOT|ROFS|MFILE|NFILE|IO)$/.test(`${error.code}`));
  const [first = ""] = error.message.split("\n");
  if (first.startsWith("Failed caching npm package")) {
    return new UserError(first, 1); // what is imported late ends like what is imported first
  }
  return isRefusal ? new UserError(`the system says: ${first}`, 1) : undefined;
}

/** How often it is looked whether `deno task` is still there, in milliseconds. */
const LOOK_MS = 50;

/** When it is asked who the parent is, in milliseconds: that takes a program of its own, so not at once. */
const ASK_MS = 200;

/** Ends this process when `deno task` has gone: SIGKILL leaves that one no time to pass it on. */
function endWithParent(): void {
  const variable = "INIT_CWD"; // deno task sets it
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (state !== "granted" || !Deno.env.has(variable)) return; // doctor is not granted it, and is soon over
  if (Deno.build.os === "windows") return; // a process keeps its parent's id there
  const parent = Deno.ppid;
  const end = () => Deno.kill(Deno.pid, "SIGTERM");
  const looking = setInterval(() => Deno.ppid !== parent && end(), LOOK_MS);
  // It may have gone before this process could look: the first process of the system is rarely the parent.
  const asking = setTimeout(
    async () => await isInit(parent) && end(),
    parent === 1 ? 0 : ASK_MS,
  );
  Deno.unrefTimer(looking);
  Deno.unrefTimer(asking);
}

/** What takes in the processes whose parent has gone, by its name. */
const INIT = /(^|\/)(init|systemd|launchd|tini|dumb-init|docker-init)\s*$/;

/** What may have started a command, and is the first process of a container then. */
const STARTER = /deno|node|npm|sh\s*$/;

async function isInit(pid: number): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-o", "comm=", "-p", `${pid}`],
      stderr: "null",
    }).output();
    const name = new TextDecoder().decode(stdout);
    return INIT.test(name) || (pid === 1 && !STARTER.test(name));
  } catch {
    return false; // no ps here: nobody knows
  }
}

/**
 * Reads a command line.
 *
 * @returns What it says, or `help` where it asks for that.
 * @throws {UserError} Where it is not as the command describes it.
 */
export function readCommandLine<const F extends Flags>(
  command: Command<F>,
  args: readonly string[],
): CommandLine<F> | "help" {
  const { usage } = command;
  const { tokens } = parseArgs({
    args: [...args],
    strict: false, // its own errors have several lines and guess nothing
    tokens: true,
    options: Object.fromEntries(
      Object.entries(command.flags).map(([name, { value }]) => [
        name,
        { type: value ? "string" as const : "boolean" as const },
      ]),
    ),
  });
  const words: string[] = [];
  const rest: string[] = [];
  const given = new Map<string, string | true>();
  const end = tokens.find(({ kind }) => kind === "option-terminator")?.index;
  for (const token of tokens) {
    if (token.kind === "positional") {
      const isRest = end !== undefined && token.index > end;
      (isRest && command.rest !== undefined ? rest : words).push(token.value);
    } else if (token.kind === "option") {
      // As it was typed: `-wx` comes as two tokens.
      const typed = args[token.index] ?? "";
      if (typed === "--help" || typed === "-h") return "help";
      const flag = typed.startsWith("--")
        ? command.flags[token.name]
        : undefined;
      if (!flag) throw unknownFlag(typed.replace(/=.*/s, ""), command);
      given.set(token.name, readValue(token, flag));
    }
  }
  const tooMany = words[command.words.length];
  if (tooMany !== undefined) {
    const where = command.rest ? `; ${command.rest} come after --` : "";
    throw new UserError(
      `"${tooMany}" is one word too many${where}; usage: ${usage}`,
    );
  }
  const asks = command.words[words.length]?.asks;
  if (asks) throw new UserError(`${asks} usage: ${usage}`);
  for (const [one, other] of command.exclusive ?? []) {
    if (given.has(one) && given.has(other)) {
      throw new UserError(`--${one} and --${other} exclude each other`);
    }
  }
  return { words, flags: valuesOf(command.flags, given), rest };
}

/** The text behind a flag that takes one. */
function readValue(
  { rawName, value, inlineValue }: {
    readonly rawName: string;
    readonly value?: string | undefined;
    readonly inlineValue?: boolean | undefined;
  },
  flag: Flag,
): string | true {
  if (!flag.value) {
    if (value === undefined) return true;
    throw new UserError(`${rawName} takes nothing behind it, not "${value}"`);
  }
  const isNext = inlineValue === false && value?.startsWith("-");
  if (value !== undefined && value !== "" && !isNext) return value;
  throw new UserError(`${rawName} needs ${flag.value.what}`);
}

function valuesOf<F extends Flags>(
  flags: F,
  given: ReadonlyMap<string, string | true>,
): CommandLine<F>["flags"];
function valuesOf(flags: Flags, given: ReadonlyMap<string, string | true>) {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [
      name,
      value ? given.get(name) : given.has(name),
    ]),
  );
}

function unknownFlag(
  typed: string,
  { flags, usage }: Command<Flags>,
): UserError {
  const meant = guess(typed.replace(/^-+/, ""), [
    ...Object.keys(flags),
    "help",
  ]);
  return new UserError(
    meant === undefined
      ? `unknown flag ${typed}; usage: ${usage}`
      : `unknown flag ${typed}; did you mean --${meant}?`,
  );
}

/** What `--help` prints. */
function helpOf(command: Command<Flags>): string {
  const { usage, about, words, flags, rest, examples } = command;
  const rows: (readonly [string, string])[] = [
    ...words.map(({ name, about }) => [name, about] as const),
    ...Object.entries(flags).map(([name, { value, about }]) =>
      [`--${name}${value ? ` ${value.name}` : ""}`, about] as const
    ),
    ["-h, --help", "shows this"],
    ...(rest === undefined ? [] : [["-- WORD...", rest] as const]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...wrap(usage, "usage: "),
    "",
    ...wrap(about),
    "",
    ...rows.flatMap(([name, about]) =>
      wrap(about, `  ${name.padEnd(width)}  `)
    ),
    "",
    "for example:",
    ...examples.map((example) => `  ${example}`),
  ].join("\n");
}
