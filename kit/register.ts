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
import { findPython } from "./python.ts";
import { startReaper } from "./reaper.ts";
import { report } from "./report.ts";
import { shellWord } from "./shell_word.ts";

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
  const replayOf = (name: string) =>
    [
      ...["deno", "test", "-P", module.slice(root.href.length)],
      ...["--filter", name],
      ...(isOurs ? [] : ["--", ...Deno.args]),
    ].map((word) => shellWord(word)).join(" ");
  for (const aCase of check.cases.filter(runsHere)) {
    if (isOurs && aCase.isTwin) continue;
    const name = `${check.lesson}: ${aCase.name}`;
    Deno.test(name, () => mustPass(check, aCase, yours, replayOf(name)));
  }
  const lesson = pairIn(lessonFolder(check.lesson));
  for (const aCase of check.own.filter(runsHere)) {
    const name = `${check.lesson}: ${aCase.name}`;
    Deno.test(name, () => mustPass(check, aCase, lesson, replayOf(name)));
  }
  const ignore = !findPython();
  const why = ignore ? " (skipped: python3 was not found)" : "";
  for (const aCase of check.python.filter(runsHere)) {
    const name = `${check.lesson}: ${aCase.name}${why}`;
    const fn = () => mustPass(check, aCase, lesson, replayOf(name));
    Deno.test({ name, ignore, fn });
  }
}

async function mustPass(
  check: Check,
  aCase: Case,
  yours: Pair,
  alone: string,
): Promise<void> {
  const verdict = await runCase(check, aCase, yours);
  if (verdict.failure) throw new Error(`\n${report(verdict, { alone })}`);
}

function folderUnderTest(lesson: string): URL {
  const flag = Deno.args.indexOf("--answers");
  const folder = Deno.args[flag + 1];
  if (flag === -1) return solutionFolder(lesson);
  if (folder === undefined) throw new Error("--answers needs a folder");
  const path = folder.replace(/\/$/, "").replace(/[%#?]/g, encodeURIComponent);
  return new URL(`${path}/${lesson}/`, root);
}
