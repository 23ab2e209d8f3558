/**
 * A check as tests of `deno test`.
 *
 * @module
 */
import {
  lessonFolder,
  type Pair,
  pairIn,
  root,
  solutionFolder,
} from "@lessons/places.ts";
import { type Case, type Check, runCase, runsHere } from "./case.ts";
import { hasPython } from "./python.ts";
import { startReaper } from "./reaper.ts";
import { report } from "./report.ts";

/**
 * Registers a check with `deno test`: against the solution, or against the
 * folder after `-- --answers`.
 *
 * It does nothing where the check's module was imported for its cases: by the
 * tool, or by another test.
 *
 * @param module The URL of the check's module, `import.meta.url`.
 */
export function register(check: Check, module: string): void {
  if (Deno.mainModule !== module) return;
  startReaper();
  const folder = folderUnderTest(check.lesson);
  const isOurs = folder.href === solutionFolder(check.lesson).href;
  const yours = pairIn(folder);
  for (const aCase of check.cases.filter(runsHere)) {
    if (isOurs && aCase.isTwin) continue;
    Deno.test(`${check.lesson}: ${aCase.name}`, () =>
      mustPass(check, aCase, yours));
  }
  const lesson = pairIn(lessonFolder(check.lesson));
  for (const aCase of check.own) {
    Deno.test(`${check.lesson}: ${aCase.name}`, () =>
      mustPass(check, aCase, lesson));
  }
  const ignore = !hasPython();
  const why = ignore ? " (skipped: python3 was not found)" : "";
  for (const aCase of check.python) {
    const name = `${check.lesson}: ${aCase.name}${why}`;
    Deno.test({ name, ignore, fn: () => mustPass(check, aCase, lesson) });
  }
}

async function mustPass(check: Check, aCase: Case, yours: Pair): Promise<void> {
  const verdict = await runCase(check, aCase, yours);
  if (verdict.failure) throw new Error(`\n${report(verdict)}`);
}

function folderUnderTest(lesson: string): URL {
  const flag = Deno.args.indexOf("--answers");
  const folder = Deno.args[flag + 1];
  if (flag === -1) return solutionFolder(lesson);
  if (folder === undefined) throw new Error("--answers needs a folder");
  const path = folder.replace(/\/$/, "").replace(/[%#?]/g, encodeURIComponent);
  return new URL(`${path}/${lesson}/`, root);
}
