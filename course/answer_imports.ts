/**
 * What the programs of an answer import, looked at before somebody else's are
 * run.
 *
 * Deno asks for no permission where an import is written down: a program may
 * have any file in it as a text, `with { type: "text" }`, and send it away.
 *
 * @module
 */
import { type Pair, root, SIDES } from "@lessons/places.ts";
import { COURSE_FLAGS } from "../kit/config.ts";
import { fromFileUrl } from "../kit/file_url.ts";
import { COMMANDS_FILE, commandsIn, programsIn } from "./programs.ts";

/** The course's own folders that an answer may import from. */
const OPEN = ["lessons/", "std/"];

/** What Deno tells of a program's modules, as far as it is looked at here. */
interface Graph {
  readonly modules?: readonly { readonly specifier: string }[];
}

/** Why somebody else's programs are not run; `undefined` where they are. */
export async function reasonAgainst(
  folder: URL,
  isTrusted: boolean,
): Promise<string | undefined> {
  const commands = Object.values(await commandsIn(folder));
  if (commands.length > 0 && !isTrusted) {
    return `${COMMANDS_FILE} names commands, which would run with your own rights (--trust lets them): ${
      commands.join(", ")
    }`;
  }
  const strange = await findStrangeImports(await programsIn(folder));
  return strange.length === 0
    ? undefined
    : `it imports what is not part of it: ${strange.join(", ")}`;
}

/**
 * What the programs of an answer import from elsewhere: other files of this
 * machine, and what would have to be fetched.
 *
 * @param programs The answer's; of those that are commands nothing is known.
 * @returns Paths and addresses, each once.
 */
export async function findStrangeImports(programs: Pair): Promise<string[]> {
  const files = SIDES.map((side) => programs[side])
    .filter((program) => program instanceof URL).filter(isThere);
  const graphs = await Promise.all(files.map(graphOf));
  const own = files.map((file) => new URL(".", file));
  const open = [...own, ...OPEN.map((name) => new URL(name, root))];
  const strange = graphs.flatMap(({ modules = [] }) => modules)
    .map(({ specifier }) => specifier)
    .filter((specifier) =>
      /^(file|https?|blob):/.test(specifier) &&
      !open.some(({ href }) => specifier.startsWith(href))
    );
  return [...new Set(strange)].map((specifier) =>
    specifier.startsWith("file:") ? fromFileUrl(new URL(specifier)) : specifier
  );
}

function isThere(program: URL): boolean {
  try {
    return Deno.statSync(program).isFile;
  } catch {
    return false; // whoever runs it will say so
  }
}

async function graphOf(program: URL): Promise<Graph> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "info",
      "--json",
      "--no-remote",
      ...COURSE_FLAGS,
      program.href,
    ],
    stdin: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error(`Cannot tell what ${program} imports`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
