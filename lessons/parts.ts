/**
 * What a lesson is made of: one value, from which come the list of what a
 * lesson lacks and the skeleton of a new one.
 *
 * @module
 */
import { type Lesson, lessons, runsHere } from "./catalogue.ts";
import { root } from "./places.ts";

/** A file that every lesson has. */
export interface Part {
  /** Its path in the course, with `NN_name` where the lesson's name stands. */
  readonly path: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** The task that makes it, where nobody writes it. */
  readonly madeBy?: string;
}

/** The files that every lesson has. */
export const parts: readonly Part[] = [
  { path: "lessons/NN_name/README.md", what: "the page" },
  { path: "lessons/NN_name/server.ts", what: "the pair's server" },
  { path: "lessons/NN_name/client.ts", what: "the pair's client" },
  {
    path: "lessons/NN_name/wire.svg",
    what: "the pair on the wire",
    madeBy: "deno task pictures",
  },
  { path: "lessons/NN_name/exercise/server.ts", what: "the server's starter" },
  { path: "lessons/NN_name/exercise/client.ts", what: "the client's starter" },
  { path: "lessons/NN_name/hints.md", what: "three hints" },
  { path: "solutions/NN_name/server.ts", what: "the solution's server" },
  { path: "solutions/NN_name/client.ts", what: "the solution's client" },
  { path: "solutions/NN_name/README.md", what: "why it is done this way" },
  { path: "tests/NN_name_test.ts", what: "the check" },
  { path: "slides/NN_name.md", what: "the deck" },
];

/** The sections of a lesson's page, in their order. */
export const SECTIONS: readonly string[] = [
  "What you will be able to do",
  "The idea",
  "Run it",
  "Look at the wire",
  "Read the code",
  "Try this",
  "Exercise",
  "When it goes wrong",
  "Quiz",
  "From Python",
  "Going further",
];

/** The last section that is read in order; what stands behind it is looked up. */
export const LAST_IN_ORDER = "Quiz";

/** The most words that a page may have for who reads it in order. */
export const MOST_WORDS = 2500;

/** The least number of wrong answers that a lesson has. */
export function leastWrong({ number }: Pick<Lesson, "number">): number {
  return number < 5 ? 4 : 5;
}

/** The path of a part in a lesson. @param name The lesson's, `NN_name`. */
export function partOf({ path }: Part, name: string): string {
  return path.replace("NN_name", name);
}

/**
 * What a lesson lacks of all that every lesson has.
 *
 * @returns A line for each thing; none where it is whole.
 */
export function lackOf(lesson: Lesson): string[] {
  const { name } = lesson;
  const missing = parts.filter((part) => !isFile(partOf(part, name)));
  return [
    ...missing.map((part) => {
      const how = part.madeBy === undefined ? "" : ` (${part.madeBy})`;
      return `${partOf(part, name)}: ${part.what}${how}`;
    }),
    ...wrongPorts(lesson),
    ...unnumbered(lesson),
    ...wrongCheck(lesson),
    ...tooFewWrong(lesson),
    ...missingRow(lesson),
  ];
}

/** The lesson's row in the table of the course's own page. */
export function rowOf(
  { number, name, title, transport, about }: Lesson,
): string {
  const link = `[${title}](lessons/${name}/README.md)`;
  const cells = [String(number).padStart(2, "0"), link, transport, about];
  return `| ${cells.join(" | ")} |`;
}

function missingRow(lesson: Lesson): string[] {
  const row = rowOf(lesson);
  const rows = read("README.md").split("\n").map((line) =>
    line.replaceAll(/ +/g, " ")
  );
  return rows.includes(row) ? [] : [`README.md: ${row}`];
}

/** The programs in which the default port is not the catalogue's. */
function wrongPorts({ name, address }: Lesson): string[] {
  if (!("port" in address)) return [];
  const programs = parts.map((part) => partOf(part, name))
    .filter((path) => /\/(server|client)\.ts$/.test(path) && isFile(path));
  return programs.flatMap((path) => {
    const port = /\bport: (\d+)/.exec(read(path))?.[1];
    return port === String(address.port)
      ? []
      : [`${path}: "port: ${address.port}", its default port by the catalogue`];
  });
}

/** An exercise that is no list of sentences. Whether they are numbered well is for the page's own tests. */
function unnumbered({ name }: Lesson): string[] {
  const path = `lessons/${name}/README.md`;
  if (!isFile(path)) return [];
  const [, exercise = ""] = read(path).split("\n## Exercise\n");
  const [text = ""] = exercise.split("\n## ");
  return /^1\. /m.test(text) ? [] : [
    `${path}: its exercise in numbered sentences, each with a case that guards it`,
  ];
}

function wrongCheck({ name }: Lesson): string[] {
  const path = `tests/${name}_test.ts`;
  if (!isFile(path)) return [];
  return read(path).includes(`lesson: "${name}"`)
    ? []
    : [`${path}: lesson: "${name}", the name of its file`];
}

function tooFewWrong(lesson: Lesson): string[] {
  const folder = `tests/wrong/${lesson.name}`;
  const count = wrongAnswers(lesson).length;
  const least = leastWrong(lesson);
  return count >= least
    ? []
    : [`${folder}/: ${least} wrong answers, <role>_<slug>.ts; it has ${count}`];
}

/** The paths of a lesson's wrong answers. */
export function wrongAnswers({ name }: Pick<Lesson, "name">): string[] {
  const folder = `tests/wrong/${name}/`;
  try {
    return [...Deno.readDirSync(new URL(folder, root))]
      .map((entry) => entry.name)
      .filter((file) => /^(server|client)_\w+\.ts$/.test(file))
      .map((file) => `${folder}${file}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, root)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, root));
}

/** The lessons that can run here and lack nothing: only of these is anything more expected. */
export const wholeLessons: readonly Lesson[] = lessons.filter((lesson) =>
  runsHere(lesson) && lackOf(lesson).length === 0
);
