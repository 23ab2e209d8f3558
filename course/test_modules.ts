/**
 * The course's test modules, and how they share processors and processes.
 *
 * `deno test` gives each module a world of its own, which takes a tenth of a
 * second of a processor: as long as all the tests in a small one take. So those
 * share one.
 *
 * @module
 */
import { root } from "@lessons/places.ts";

/**
 * Modules that wait or work for long, those that take longest first, so that
 * none of them is waited for in the end. Deno keeps to that within a folder,
 * and begins with the folders that are furthest down.
 */
const LONG: readonly string[] = [
  "tests/11_reliable_udp/loss_test.ts",
  "tests/tool/site_browser_test.ts",
  "tests/pages/pages_test.ts",
  "tests/tool/site_test.ts",
  "tests/tool/paths_test.ts",
  "tests/tool/pictures_test.ts",
  "tests/tool/replay_test.ts",
  "tests/tool/tool_test.ts",
  "tests/python/answers_test.ts",
  "tests/11_reliable_udp/real_programs_test.ts",
  "tests/tool/watch_test.ts",
  "tests/tool/programs_test.ts",
  "tests/board/tool_test.ts",
  "tests/tool/course_server_test.ts",
  "tests/tool/grading_test.ts",
  "tests/tool/kills_test.ts",
  "tests/node/node_test.ts",
  "tests/course_test.ts",
  "tests/tap_test.ts",
  "tests/in_browser.ts",
  "tests/11_reliable_udp_test.ts",
  "tests/09_timeouts_and_buffers_test.ts",
  "tests/together.ts",
  "tests/postgres_test.ts",
];

/** Modules that share a browser, in their order: the slides' begins with what runs the lessons one by one. The course's site takes too long to be one of them. */
const IN_BROWSER: readonly string[] = [
  "tests/pages/slides_test.ts",
  "tests/board/page_test.ts",
  "tests/tool/viewer_browser_test.ts",
];

/** The modules in which others are together. */
const SHARED: readonly string[] = ["tests/in_browser.ts", "tests/together.ts"];

/** A check: it tries its cases only where it is the module that is run. */
const CHECK = /^tests\/\d\d_\w+_test\.ts$/;

/** Where no test of the course's stands. */
const CLOSED: readonly string[] = [
  "answers",
  "slides",
  "course/skeleton",
  "node_modules",
];

/** Comments and pages with an example that `deno test --doc` runs. */
const EXAMPLE =
  /^(?:\s*\* )?```(?:ts|js|typescript|javascript)\b(?!.* ignore)/m;

/** The course's test modules, by their paths in it. */
export interface TestModules {
  /** Those that have a world to themselves, and the two in which others are together, in the order in which they begin. */
  readonly alone: readonly string[];
  /** Those that share one, in `tests/together.ts`. */
  readonly together: readonly string[];
  /** Those that share one and a browser, in `tests/in_browser.ts`. */
  readonly inBrowser: readonly string[];
  /** Files whose examples are tests. */
  readonly examples: readonly string[];
}

/** Finds all test modules. */
export function findTestModules(): TestModules {
  const files = [...filesIn("")];
  const tests = files.filter((file) => file.endsWith("_test.ts"));
  const isAlone = (file: string) => CHECK.test(file) || LONG.includes(file);
  return {
    alone: [...tests.filter(isAlone), ...SHARED]
      .sort((a, b) => rankOf(a) - rankOf(b)),
    together: tests.filter((file) =>
      !isAlone(file) && !IN_BROWSER.includes(file)
    )
      .sort(),
    inBrowser: IN_BROWSER,
    examples: files.filter((file) => /\.(ts|md)$/.test(file))
      .filter((file) =>
        EXAMPLE.test(Deno.readTextFileSync(new URL(file, root)))
      ).sort(),
  };
}

function rankOf(file: string): number {
  const rank = LONG.indexOf(file);
  return rank === -1 ? LONG.length : rank;
}

/** All files of a folder of the course, and of those in it. */
function* filesIn(folder: string): Iterable<string> {
  for (const entry of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}${entry.name}`;
    if (entry.name.startsWith(".") || CLOSED.includes(path)) continue;
    if (entry.isDirectory) yield* filesIn(`${path}/`);
    else if (entry.isFile) yield path;
  }
}
