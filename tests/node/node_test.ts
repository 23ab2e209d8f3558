/**
 * The lessons' own programs pass their checks under Node, with the seam in this
 * folder.
 *
 * A Node that strips types and knows `using` is looked for as `node`, or as what
 * `COURSE_NODE` names.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import {
  type ForeignProgram,
  lessonFolder,
  type Pair,
  pairIn,
  solutionFolder,
} from "@lessons/places.ts";
import { loadCheck, tryCases } from "../../course/checking.ts";
import { type Case, runsHere } from "../../kit/case.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { EXERCISE_MS } from "../../kit/guard.ts";
import { findPython } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import { report } from "../../kit/report.ts";
import { isWhole, sampled } from "../whole.ts";

startReaper();

/** The oldest Node that will do. */
const OLDEST = 24;

const node = await findNode();

/** Where Deno keeps the npm packages, for Node. */
const packages = node === undefined ? "" : await findPackages();

/** The seam in this folder knows no paths: nor umasks, nor locks. */
const onTheNetwork = lessons.filter(({ address }) => "port" in address);

for (const lesson of onTheNetwork) {
  Deno.test({
    name: `${lesson.name} solution passes its check under Node`,
    ignore: node === undefined,
    async fn() {
      const { cases } = await loadCheck(lesson);
      const chosen = sampled(cases.filter(runsHere));
      await passes(lesson.name, chosen, solutionFolder(lesson.name));
    },
  });
  Deno.test({
    name: `${lesson.name} pair does under Node what it should`,
    ignore: node === undefined || !isWhole,
    async fn() {
      const { own, python } = await loadCheck(lesson);
      const cases = findPython() ? [...own, ...python] : own;
      await passes(lesson.name, cases, lessonFolder(lesson.name));
    },
  });
}

/** The programs in a folder pass these cases under Node. */
async function passes(
  name: string,
  cases: readonly Case[],
  folder: URL,
): Promise<void> {
  const { server, client } = pairIn(folder);
  const programs: Pair = {
    server: underNode(server),
    client: underNode(client),
  };
  const check = await loadCheck(
    lessons.find((lesson) => lesson.name === name) ?? noLesson(name),
  );
  const { passed, failed } = await tryCases({
    check,
    cases,
    programs,
    width: 2,
    limit: cases.length * EXERCISE_MS, // here each case is on trial, not the exercise
  });
  assertEquals(failed && report(failed), undefined);
  assertEquals(passed, cases.length);
}

function noLesson(name: string): never {
  throw new Error(`Cannot check ${name}: no such lesson`);
}

/** A program of the course, as a command that runs it under Node. */
function underNode(program: URL): ForeignProgram {
  const seam = new URL("./seam.ts", import.meta.url);
  return {
    command: [
      node ?? "node",
      "--disable-warning=ExperimentalWarning",
      "--import",
      `${seam.href}?packages=${encodeURIComponent(packages)}`,
      fromFileUrl(program),
    ],
    name: `node ${program.pathname.split("/").at(-1)}`,
  };
}

/** A Node that can run the lessons. */
async function findNode(): Promise<string | undefined> {
  const name = Deno.env.get("COURSE_NODE") ?? "node";
  try {
    const { stdout } = await new Deno.Command(name, {
      args: ["--version"],
      stderr: "null",
    }).output();
    const version = new TextDecoder().decode(stdout);
    const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
    return major >= OLDEST ? name : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The folder in Deno's cache in which each npm package has a folder. */
async function findPackages(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stderr: "null",
  }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(stdout));
  const [registry] = [...Deno.readDirSync(npmCache)]
    .filter(({ isDirectory }) => isDirectory);
  return `${npmCache}/${registry?.name}`;
}
