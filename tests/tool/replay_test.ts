/**
 * The last lines of a verdict: the command that tries just that case again is
 * that of whoever ran the check, and it does what it says.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { findPython } from "../../kit/python.ts";
import { Copy, copyFolder, outputOf } from "./copy.ts";

const FOLDER = "the others' answers";
const LESSON = "01_single_shot";
const isWindows = Deno.build.os === "windows";

/** A copy of the course with a folder of answers: the starters, as they are. */
async function copyWithAnswers(
  folder = FOLDER,
  lesson = LESSON,
): Promise<Copy> {
  const copy = await Copy.make();
  copyFolder(
    fromFileUrl(new URL(`lessons/${lesson}/exercise`, root)),
    copy.path(`${folder}/${lesson}`),
  );
  return copy;
}

/** What a command prints in a copy. */
async function run(copy: Copy, command: string, args: string[]) {
  const env = { NO_COLOR: "1", INIT_CWD: copy.folder };
  const { stdout } = await outputOf(
    new Deno.Command(command, { args, cwd: copy.folder, env }),
  );
  return stdout;
}

/** Runs what a verdict names, as somebody would who copies it into a shell; types are not what is tried. */
async function runLine(copy: Copy, line: string): Promise<string> {
  const untyped = line.replace(/^deno test/, "deno test --no-check");
  return await run(copy, "sh", [
    "-c",
    untyped.replace(/^deno/, `'${Deno.execPath()}'`),
  ]);
}

/** What `deno test` prints in a copy. */
async function test(copy: Copy, ...args: string[]): Promise<string> {
  const file = `tests/${LESSON}_test.ts`;
  return await run(copy, Deno.execPath(), [
    ...["test", "-P", "--no-check", file],
    ...args,
  ]);
}

Deno.test("check --answers names that folder in the command that tries a case again", async () => {
  await using copy = await copyWithAnswers();
  const { stdout } = await copy.run("check", "1", "--answers", FOLDER);
  const word = isWindows ? `"${FOLDER}"` : `'the others'\\'' answers'`;
  const again = `deno task check 1 --case 1 --answers ${word}`;
  assertStringIncludes(
    stdout,
    `this case alone: ${again}\non the wire:     ${again} --wire\n`,
  );
  if (isWindows) return;
  assertStringIncludes(
    await runLine(copy, again),
    "not yet: 0 passed, 1 failed",
  );
});

Deno.test("deno test names itself in the command that tries a case again", async () => {
  await using copy = await copyWithAnswers();
  const stdout = await test(copy, "--fail-fast", "--", "--answers", FOLDER);
  const [, again = ""] = /^this case alone: (.*)$/m.exec(stdout) ?? [];
  assertMatch(
    again,
    /^deno test -P tests\/01_single_shot_test\.ts --filter (['"])01_single_shot: .*\1 -- --answers /,
  );
  assertEquals(stdout.includes("deno task check"), false);
  if (isWindows) return;
  assertStringIncludes(await runLine(copy, again), "| 0 passed | 1 failed");
});

Deno.test({
  name: "deno test names no number for a case that a learner's check has not",
  ignore: !findPython(),
  async fn() {
    await using copy = await copyWithAnswers();
    const client = copy.path(`lessons/${LESSON}/client.ts`);
    await Deno.writeTextFile(client, "");
    const filter = `${LESSON}: lesson's client`;
    const stdout = await test(copy, "--filter", filter);
    const [, again = ""] = /^this case alone: (.*)$/m.exec(stdout) ?? [];
    assertStringIncludes(again, " --filter ");
    assertEquals(again.includes("--case"), false);
    if (isWindows) return;
    assertStringIncludes(await runLine(copy, again), "| 0 passed | 1 failed");
  },
});

Deno.test({
  name: "the course's page says what deno test tries",
  ignore: isWindows,
  async fn() {
    const page = await Deno.readTextFile(new URL("README.md", root));
    const commands = [...page.matchAll(/`(deno test [^`]*)`/g)]
      .map(([, command = ""]) => command);
    const [solution = "", answers = "", ...more] = commands;
    assertEquals(more, []);
    await using copy = await copyWithAnswers("answers", "03_connection_loop");
    assertMatch(
      await runLine(copy, solution),
      /^ok \| \d+ passed \| 0 failed/m,
    );
    const failed = await runLine(copy, answers);
    assertMatch(failed, /: server greets a client, .* \.\.\. FAILED/);
    assertStringIncludes(failed, 'your server sent "TODO" (4 bytes)');
  },
});
