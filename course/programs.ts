/**
 * The programs of an answer: files that Deno runs, or commands that start
 * programs in any language.
 *
 * @module
 */
import {
  type ForeignProgram,
  type Pair,
  pairIn,
  type Side,
  SIDES,
} from "@lessons/places.ts";
import { fromFileUrl } from "../kit/file_url.ts";
import { UserError } from "./user/error.ts";
import { userPath } from "./user/file.ts";

/** The file in an answer's folder that names its commands. */
export const COMMANDS_FILE = "programs.json";

/** Commands that were given for programs, as they were written. */
export type Given = { readonly [K in Side]?: string | undefined };

/**
 * The programs of an answer: commands where its `programs.json` names some,
 * and the course's own kind elsewhere.
 *
 * @param folder The answer's folder.
 * @param given Commands that count instead, written where the user stands.
 * @throws {UserError} Where the file or a command cannot be understood.
 */
export async function programsIn(
  folder: URL,
  given: Given = {},
): Promise<Pair> {
  const kept = await commandsIn(folder);
  const pair: Record<Side, URL | ForeignProgram> = pairIn(folder);
  for (const side of SIDES) {
    const [now, before] = [given[side], kept[side]];
    if (now !== undefined) {
      pair[side] = await readCommand(now, await userPath("."));
    } else if (before !== undefined) {
      pair[side] = await readCommand(before, fromFileUrl(folder));
    }
  }
  return pair;
}

/** The sides that have a command. */
export function sidesGiven(given: Given): Side[] {
  return SIDES.filter((side) => given[side] !== undefined);
}

/** The commands that an answer's folder names; none where it has no such file. */
export async function commandsIn(folder: URL): Promise<Given> {
  let text: string;
  try {
    text = await Deno.readTextFile(new URL(COMMANDS_FILE, folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  const given = parse(text);
  if (given) return given;
  throw new UserError(
    `${COMMANDS_FILE} must be like {"server": "python3 server.py", "client": "python3 client.py"}, with one of the two or both`,
  );
}

function parse(text: string): Given | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const isGood = entries.length > 0 &&
    entries.every(([name, command]) =>
      SIDES.some((side) => side === name) && typeof command === "string"
    );
  return isGood ? Object.fromEntries(entries) : undefined;
}

/**
 * A command, made ready to run in any folder: what names a file from where it
 * was written becomes that file's whole path.
 *
 * @param text As it was written: `python3 server.py`.
 * @param base The folder from which its words name files.
 * @throws {UserError} Where it is none.
 */
export async function readCommand(
  text: string,
  base: string,
): Promise<ForeignProgram> {
  const [first, ...rest] = splitWords(text);
  if (first === undefined) throw new UserError("a command needs a word");
  const { resolve } = await import("node:path");
  const placed = async (word: string) => {
    const path = resolve(base, word);
    const info = await Deno.stat(path).catch(() => undefined);
    return info?.isFile ? path : word;
  };
  // As in a shell: a bare first word is looked for among the system's programs.
  const executable = /[/\\]/.test(first) ? await placed(first) : first;
  return {
    command: [executable, ...await Promise.all(rest.map(placed))],
    name: text.trim(),
  };
}

/**
 * The words of a command line, as a POSIX shell splits them: at blanks, but not
 * between quotes, where `'` keeps all and `"` lets `\` stand before `"` and `\`.
 * Nothing else means anything: no variables, patterns or pipes.
 *
 * @throws {UserError} Where a quote is not closed.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      word ??= "";
    } else if (char === "\\" && isEscape(quote, next)) {
      word = (word ?? "") + next;
      i++;
    } else word = (word ?? "") + char;
  }
  if (quote !== "") {
    throw new UserError(
      `the command ${text} has a ${quote} that is not closed`,
    );
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Whether a backslash only says that the next character means itself. On Windows, outside of quotes, it stands in paths. */
function isEscape(quote: string, next: string): boolean {
  if (quote === '"') return next === '"' || next === "\\";
  return quote === "" && next !== "" && Deno.build.os !== "windows";
}

/** One line on the sides that are commands; `undefined` where none is. */
export function rightsOf(
  programs: Pair,
  sides: readonly Side[] = SIDES,
): string | undefined {
  const names = sides.map((side) => programs[side])
    .flatMap((program) => program instanceof URL ? [] : [program.name]);
  if (names.length === 0) return undefined;
  const run = names.length === 1 ? "runs" : "run";
  return `${
    names.join(" and ")
  } ${run} with your own rights: Deno's limits are for Deno's programs`;
}
