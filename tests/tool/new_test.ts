/**
 * A lesson that a stranger adds with `deno task new` and one entry in the
 * catalogue.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { announced } from "@lessons/catalogue.ts";
import { numbersIn } from "../../course/markdown.ts";
import { Copy } from "./copy.ts";

/** Runs Deno in a copy of the course. @returns What it printed. */
async function deno(copy: Copy, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array<ArrayBuffer>) =>
    new TextDecoder().decode(bytes);
  return text(stdout) + text(stderr);
}

/** Puts what `deno task new` printed into the catalogue, as its author would. */
async function addEntry(copy: Copy, printed: string): Promise<void> {
  const [entry] = /^ {2}\{\n[\s\S]*?^ {2}\},\n/m.exec(printed) ?? [""];
  const file = copy.path("lessons/catalogue.ts");
  const text = await Deno.readTextFile(file);
  const end = "\n];\n"; // of the lessons, the first list in the file
  assertStringIncludes(text, end);
  await Deno.writeTextFile(file, text.replace(end, `\n${entry}];\n`));
}

Deno.test("new makes a lesson that runs, and the tests say what it lacks", async (t) => {
  await using copy = await Copy.make();
  const { code, stdout } = await copy.run("new", "98", "toy_story");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "made: tests/98_toy_story_test.ts\n");
  await addEntry(copy, stdout);
  // Its tests ask git which files are the course's.
  await new Deno.Command("git", { args: ["init", "-q"], cwd: copy.folder })
    .output();

  await t.step("it is formatted and linted as the rest", async () => {
    const files = stdout.matchAll(/^made: (.*)$/gm).map(([, file = ""]) => file)
      .toArray();
    const programs = files.filter((file) => file.endsWith(".ts"));
    assertMatch(
      await deno(copy, "fmt", "--check", ...files, "lessons/catalogue.ts"),
      /^Checked \d+ files\n$/,
    );
    assertMatch(await deno(copy, "lint", ...programs), /^Checked \d+ files\n$/);
  });

  await t.step("its pair runs, and its solution passes", async () => {
    const lesson = await copy.run("lesson", "98");
    assertStringIncludes(lesson.stdout, "prints: HELLO");
    const check = await copy.run("check", "98", "--answers", "solutions");
    assertStringIncludes(check.stdout, "passed: all 5 cases", check.stderr);
    const starter = await copy.run("check", "98");
    assertStringIncludes(starter.stdout, 'your server sent "TODO"');
  });

  const page = copy.path("lessons/98_toy_story/README.md");
  const text = await Deno.readTextFile(page);

  await t.step(
    "its sentences are numbered, and its cases guard them",
    async () => {
      const check = copy.path("tests/98_toy_story_test.ts");
      const guards = (await Deno.readTextFile(check))
        .matchAll(/guards: \[(\d+)\]/g).map(([, number]) => Number(number));
      assertEquals(numbersIn(text, "Exercise"), [...guards]);
    },
  );

  await t.step("one test says what it lacks, and no other falls", async () => {
    await Deno.writeTextFile(page, text.replaceAll(/^\d+\. /gm, "- "));
    const said = await deno(
      copy,
      "test",
      "--no-check",
      "-P",
      "tests/course_test.ts",
      "--filter=/98|lesson/",
    );
    assertStringIncludes(said, "lesson 98 lacks:\n");
    assertStringIncludes(said, "  lessons/98_toy_story/wire.svg: ");
    assertStringIncludes(said, "README.md: its exercise in numbered sentences");
    assertStringIncludes(said, "5 wrong answers, <role>_<slug>.ts; it has 1");
    assertMatch(said, /\| 1 failed/);
  });

  await t.step("it is not made twice", async () => {
    const { code, stderr } = await copy.run("new", "98", "toy_story");
    assertEquals([code, stderr.split("\n").length], [2, 2]);
    assertStringIncludes(stderr, "lesson 98 is there: 98_toy_story");
  });
});

Deno.test("new takes a number and a name that can be a lesson's", async () => {
  await using copy = await Copy.make();
  const toCome = announced.map(({ number, name }) =>
    [[`${number}`, "toy"], `lesson ${number} is to be ${name}`] as const
  );
  for (
    const [words, says] of [
      ...toCome,
      [[], "which number is the lesson to have?"],
      [["98"], "what is the lesson to be called?"],
      [["98", "a", "b"], '"b" is one word too many'],
      [["0x", "a"], '"0x" is no number from 1 to 99'],
      [["98", "Toy"], '"Toy" is no name like struct_framing'],
      [["1", "toy"], "lesson 1 is there: 01_single_shot"],
    ] as const
  ) {
    const { code, stdout, stderr } = await copy.run("new", ...words);
    assertEquals([code, stdout], [2, ""]);
    assertEquals(stderr.split("\n").length, 2, stderr);
    assertStringIncludes(stderr, says);
  }
});
