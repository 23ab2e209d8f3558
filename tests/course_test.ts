/**
 * The course's integrity: every lesson in the catalogue is whole, and its
 * check finds what it should. What the pages show is tried by pages_test.ts.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  announced,
  type Lesson,
  lessons,
  orientation,
} from "@lessons/catalogue.ts";
import {
  pairIn,
  root,
  solutionFolder,
  starterFolder,
} from "@lessons/places.ts";
import {
  lackOf,
  LAST_IN_ORDER,
  MOST_WORDS,
  SECTIONS,
  wholeLessons,
  wrongAnswers,
} from "@lessons/parts.ts";
import { readStages, type Stage } from "@lessons/stages.ts";
import { type Case, type Check, runCase } from "../kit/case.ts";
import {
  countWords,
  fences,
  headings,
  links,
  numbersIn,
} from "../course/markdown.ts";
import { inParallel } from "../kit/parallel.ts";
import { startReaper } from "../kit/reaper.ts";
import { report } from "../kit/report.ts";
import { byStage, stageOf } from "../kit/stages.ts";
import { firstFailure } from "./first_failure.ts";
import { trackedAnswers, trackedFiles } from "./tracked_files.ts";

startReaper();

/** Files of git that are the course's, with `/` between folders. */
const files = await trackedFiles();

for (const lesson of lessons) {
  Deno.test(`lesson ${lesson.number} lacks nothing`, () => {
    const lacks = lackOf(lesson);
    const list = lacks.map((what) => `  ${what}`).join("\n");
    assert(lacks.length === 0, `\nlesson ${lesson.number} lacks:\n${list}`);
  });
}

for (const { name } of [orientation, ...wholeLessons]) {
  Deno.test(`${name} README is not longer than somebody reads in order`, async () => {
    const text = await read(`lessons/${name}/README.md`);
    const words = countWords(text, LAST_IN_ORDER);
    assert(words <= MOST_WORDS, `${words} words, and ${MOST_WORDS} at most`);
  });
}

for (const lesson of wholeLessons) {
  const { name } = lesson;
  const readme = `lessons/${name}/README.md`;

  Deno.test(`${name} has a test beside each module, and three hints`, async () => {
    for (const module of modules(lesson)) {
      assert(
        files.includes(module.replace(/\.ts$/, "_test.ts")),
        `${module} has no test beside it`,
      );
    }
    const hints = headings(await read(`lessons/${name}/hints.md`), 2);
    assertEquals(hints.map(({ text }) => text), ["1", "2", "3"]);
  });

  Deno.test(`${name} hints break no code over two lines`, async () => {
    const text = await read(`lessons/${name}/hints.md`); // printed as it stands
    const code = [...text.matchAll(/`[^`]+`/g)].map(([span]) => span);
    assertEquals(code.filter((span) => span.includes("\n")), []);
  });

  Deno.test(`${name} README has its sections in order`, async () => {
    const found = headings(await read(readme), 2).map(({ text }) => text);
    assertEquals(found, SECTIONS);
  });

  Deno.test(`${name} README shows code that stands in the lesson's files`, async () => {
    const sources = await Promise.all(
      files.filter((file) =>
        file.startsWith(`lessons/${name}/`) && file.endsWith(".ts")
      ).map(async (file) => squeeze(await read(file))),
    );
    for (const { lines } of fences(await read(readme), "ts ignore")) {
      const block = lines.join("\n");
      const isThere = sources.some((source) => source.includes(squeeze(block)));
      assert(isThere, `not in lessons/${name}/:\n${block}`);
    }
  });

  Deno.test(`${name} README lists every permission that its programs are run with`, async () => {
    for (const side of ["server", "client"] as const) {
      for (const folder of ["lessons", "solutions"]) {
        const which = folder === "lessons" ? "own" : "exercise";
        const flags = lesson[which].permissions[side];
        const command = ["deno run", ...flags].join(" ");
        const header =
          (await read(`${folder}/${name}/${side}.ts`)).split("*/")[0] ?? "";
        assert(
          header.includes(`${command} ${folder}/${name}/${side}.ts`),
          `${folder}/${name}/${side}.ts does not say: ${command}`,
        );
      }
    }
  });

  Deno.test(`${name} exercise has its sentences numbered, and a case for each`, async () => {
    const sentences = numbersIn(await read(readme), "Exercise");
    assert(sentences.length > 0, "it has none");
    assertEquals(sentences, sentences.map((_, i) => i + 1));
    const { cases } = await loadCheck(lesson);
    const guarded = new Set(cases.flatMap(({ guards = [] }) => guards));
    const isMissing = (number: number) => !guarded.has(number);
    assertEquals(sentences.filter(isMissing), [], "no case guards them");
    const isStrange = (number: number) => !sentences.includes(number);
    assertEquals([...guarded].filter(isStrange), [], "no sentence has them");
    const idle = cases.filter(({ role, guards = [] }) =>
      role !== "pair" && guards.length === 0
    );
    assertEquals(idle.map(({ name }) => name), [], "they guard no sentence");
  });

  Deno.test(`${name} exercise has all its sentences in stages, or none, and its cases stand by stage`, async () => {
    const page = await read(readme);
    const stages = readStages(page);
    if (stages.length === 0) return;
    assertEquals(
      stages.flatMap(({ sentences }) => sentences),
      numbersIn(page, "Exercise"),
    );
    assertEquals(
      stages.map(({ number }) => number),
      stages.map((_, i) => i + 1),
    );
    const { cases } = await loadCheck(lesson);
    assertEquals(cases, byStage(cases, stages));
    const isReached = ({ number }: Stage) =>
      cases.some((aCase) => stageOf(aCase, stages)?.number === number);
    assertEquals(
      stages.filter(isReached),
      stages,
      "no case reaches the others",
    );
  });

  Deno.test(`${name} starters have something to do, and fail by a wrong value`, async () => {
    const check = await loadCheck(lesson);
    const starters = pairIn(starterFolder(name));
    const ours = pairIn(solutionFolder(name));
    for (const side of ["server", "client"] as const) {
      assertMatch(await Deno.readTextFile(starters[side]), /\/\/ TODO/);
      const aCase = check.cases.find(({ role }) => role === side);
      assert(aCase, `no case for the ${side}`);
      const verdict = await runCase(check, aCase, {
        ...ours,
        [side]: starters[side],
      });
      assert(verdict.failure, `the ${side}'s starter passes: ${aCase.name}`);
      assert(
        !verdict.failure.seen.silent,
        `it hangs: ${verdict.failure.message}`,
      );
      assertEquals(verdict.failure.misunderstanding, undefined);
      assert(verdict.failure.message.includes(`your ${side}`));
    }
  });

  Deno.test(`${name} wrong answers are rejected as what they are`, async (t) => {
    const check = await loadCheck(lesson);
    const wrong = await Promise.all(
      wrongAnswers(lesson).map(async (file) => {
        const [first = ""] = (await read(file)).split("\n");
        const side = file.includes("/server_") ? "server" : "client";
        const yours = {
          ...pairIn(solutionFolder(name)),
          [side]: new URL(file, root),
        };
        return { file, side, sentence: first.replace("// ", ""), yours };
      }),
    );
    // The cases that know it, in their order, to the first failure. A program
    // that hangs costs its guard, so many wait side by side.
    const verdicts = await inParallel(
      8,
      wrong.map(({ side, sentence, yours }) => async () => {
        const knows = ({ role, known = [] }: Case) =>
          role === side && known.some(({ says }) => says === sentence);
        return await firstFailure(check, check.cases.filter(knows), yours);
      }),
    );
    for (const [i, { file, sentence }] of wrong.entries()) {
      await t.step(file, () => {
        const verdict = verdicts[i];
        assert(verdict, "it passes");
        const says = verdict.failure?.misunderstanding?.says;
        assertEquals(says, sentence, report(verdict));
      });
    }
  });

  Deno.test(`${name} check points to sections that the README has`, async () => {
    const check = await loadCheck(lesson);
    const names = check.cases.map((aCase) => aCase.name);
    assertEquals(names.length, new Set(names).size, "two cases have one name");
    for (const { known } of check.cases) {
      for (const { read } of known ?? []) assert(SECTIONS.includes(read), read);
    }
  });
}

Deno.test("README's table lists the lessons to come", async () => {
  const text = await read("README.md");
  for (const { number, title } of announced) {
    const row = tableRow(text, number);
    assert(row.includes(title) && row.includes("to come"), row);
  }
});

Deno.test("links between the pages' files lead somewhere", async () => {
  const broken: string[] = [];
  for (const file of files.filter((name) => name.endsWith(".md"))) {
    for (const target of links(await read(file))) {
      if (/^https?:/.test(target)) continue;
      const url = new URL(target, new URL(file, root));
      const path = url.href.slice(root.href.length).split("#")[0] ?? "";
      const isThere = files.some((name) =>
        name === path || name.startsWith(`${path.replace(/\/$/, "")}/`)
      );
      if (!isThere) broken.push(`${file}: ${target}`);
      else if (url.hash && path.endsWith(".md")) {
        const anchors = headings(await read(path)).map(({ anchor }) => anchor);
        if (!anchors.includes(url.hash.slice(1))) {
          broken.push(`${file}: ${target}`);
        }
      }
    }
  }
  assertEquals(broken, []);
});

Deno.test("no file is stray", () => {
  const names = [orientation, ...lessons].map(({ name }) => name);
  const strays = files.filter((file) => {
    const [top = "", second = "", third, fourth] = file.split("/");
    if (["lessons", "solutions"].includes(top) && third !== undefined) {
      return !names.includes(second);
    }
    const isOfLesson = second === "wrong" ||
      (second === "python" && fourth !== undefined);
    if (top === "tests" && isOfLesson) {
      return !names.includes(third ?? "");
    }
    if (top === "tests" && second === "mutants" && fourth !== undefined) {
      const isRead =
        /^tests\/mutants\/\w+\/(right\/(server|client)_\w+|server|client)\.ts$/
          .test(file);
      return !isRead || !names.includes(third ?? "");
    }
    const check = /^tests\/(\d\d_\w+)_test\.ts$/.exec(file)?.[1];
    return check !== undefined && !names.includes(check);
  });
  assertEquals(strays, []);
});

Deno.test("files and folders of code have snake_case names", () => {
  const isRight = (part: string) =>
    /^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(part) ||
    /^(README|LICENSE|CONTRIBUTING|LANGUAGES)(\.md)?$/.test(part);
  const wrong = files.filter((file) =>
    !file.startsWith(".") && !file.split("/").every(isRight)
  );
  assertEquals(wrong, []);
});

Deno.test({
  name: "the course itself tracks no answer",
  // A learner's fork may well keep answers; .ci/run says that this is not one.
  ignore: Deno.env.get("COURSE_ITSELF") !== "1",
  async fn() {
    assertEquals(await trackedAnswers(), []);
  },
});

/** What a lesson or its solution builds beside the pair: modules to import, each with its test. */
function modules({ name }: Lesson): string[] {
  return files.filter((file) =>
    /^(lessons|solutions)\//.test(file) && file.split("/")[1] === name &&
    file.split("/").length === 3 &&
    /\/(?!(?:bare_)?(?:server|client)\b|experiment)\w+(?<!_test)\.ts$/.test(
      file,
    )
  );
}

async function loadCheck({ name }: Lesson): Promise<Check> {
  const module: { check: Check } = await import(`./${name}_test.ts`);
  return module.check;
}

async function read(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(file, root));
}

function squeeze(text: string): string {
  return text.split("\n").map((line) => line.replace(/\s*\/\/ .*$/, "").trim())
    .filter((line) => line !== "").join("\n");
}

function tableRow(text: string, number: number): string {
  const cell = `| ${String(number).padStart(2, "0")} `;
  return text.split("\n").find((line) => line.startsWith(cell)) ??
    `no row ${cell}`;
}
