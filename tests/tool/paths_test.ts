/**
 * Every command in a folder whose name has what means something else in a URL,
 * a pattern or a list, from a folder further down, and with such names given
 * to it.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { inParallel } from "../../kit/parallel.ts";
import { startReaper } from "../../kit/reaper.ts";
import { Copy, copyFolder, ODD_NAME, outputOf, taskArgs } from "./copy.ts";
import { Screen } from "./screen.ts";

startReaper();

/** Where the user stands, in the course. */
const HERE = "lessons/01_single_shot";

/** What a command says, and the file that it makes, from where the user stands. */
const COMMANDS: readonly {
  readonly command: readonly string[];
  readonly says: string;
  readonly makes?: string;
  /** Where it ends with another exit code than 0. */
  readonly code?: number;
}[] = [
  { command: ["lesson"], says: "run: deno task check 1\n" },
  { command: ["lesson", "1", "--mine"], says: "HELLO BABY" },
  { command: ["lesson", "1", "--solution"], says: "HELLO BABY" },
  { command: ["lesson", "2", "--keyboard"], says: "ends with exit code 0" },
  {
    command: ["lesson", "1", "--save", `${ODD_NAME}.svg`],
    says: "HELLO BABY",
    makes: `${ODD_NAME}.svg`,
  },
  {
    command: ["lesson", "7", "--save", `${ODD_NAME}.html`],
    says: "calls, not segments",
    makes: `${ODD_NAME}.html`,
  },
  { command: ["check", "1", "--case", "1"], says: "passed: the one case" },
  { command: ["check", "1", "--case", "2", "--wire"], says: "the one case" },
  {
    command: ["check", "1", "--case", "1", "--answers", ODD_NAME],
    says:
      `checking lesson 01, single shot: ${HERE}/${ODD_NAME}/01_single_shot/`,
  },
  {
    command: ["check", "--all", "--answers", `no ${ODD_NAME}`],
    says: `no answer: ${HERE}/no ${ODD_NAME}/07_md5_file_transfer/ has no`,
    code: 1,
  },
  {
    command: ["check", "2"],
    says: "  answers/02_conversation/server.ts:",
    code: 1,
  },
  { command: ["hint", "1"], says: "hint 1 of 3" },
  { command: ["solution", "1"], says: "server.ts (yours is the same)" },
  { command: ["pictures"], says: "lessons/07_md5_file_transfer/wire.svg\n" },
  {
    command: ["slides", "1", "--build", "--out", `slides ${ODD_NAME}`],
    says: `slides ${ODD_NAME}/index.html\n`,
    makes: `slides ${ODD_NAME}/01_single_shot.html`,
  },
  {
    command: [
      "test",
      "tests/01_single_shot_test.ts",
      "--filter=counts bytes",
      "--",
      "--answers",
      `${HERE}/${ODD_NAME}`,
    ],
    says: "1 passed",
  },
];

Deno.test("every command works in an oddly named folder, from a folder in it", async (t) => {
  await using copy = await Copy.make(ODD_NAME);
  const here = copy.path(HERE);
  for (const folder of [copy.path("answers"), `${here}/${ODD_NAME}`]) {
    copyFolder(
      copy.path("solutions/01_single_shot"),
      `${folder}/01_single_shot`,
    );
  }
  const recording = `${ODD_NAME}.jsonl`;
  await task(copy, "lesson", "1", "--save", recording);

  const done = await inParallel(
    3,
    COMMANDS.map((one) => async () => ({
      ...one,
      result: await task(copy, ...one.command),
    })),
  );
  for (const { command, says, makes, code = 0, result } of done) {
    await t.step(command.join(" "), async () => {
      assertStringIncludes(result.stdout, says, result.stderr);
      assertEquals(result.code, code);
      if (makes) assert((await Deno.stat(`${here}/${makes}`)).isFile);
    });
  }

  await t.step("wire", async () => {
    const { stdout, stderr } = await task(copy, "wire", recording);
    assertStringIncludes(stdout, "HELLO BABY", stderr);
  });

  await t.step("doctor", async () => {
    const { stdout, stderr } = await task(copy, "doctor");
    assertStringIncludes(
      stdout,
      "ok    the course's folder has a name that programs can be given\n",
      stderr,
    );
  });

  await t.step("doctor, with such a folder for temporary files", async () => {
    await using screen = start(
      copy,
      { TMPDIR: copy.folder, TEMP: copy.folder },
      "doctor",
    );
    await screen.shows(
      "FAIL  a temporary folder that programs can be allowed to use\n",
    );
    assertMatch(await screen.shows("\n"), /has a comma in it: set /);
  });

  await t.step("lesson 1 --page", async () => {
    await using screen = start(copy, {}, "lesson", "1", "--page");
    await screen.shows("live page: ");
    const page = await fetch(await screen.shows("\n"));
    assertStringIncludes(await page.text(), "lesson 01, single shot");
    if (Deno.build.os !== "windows") assertEquals(await screen.interrupt(), 0);
  });

  await t.step("check 1 --watch", async () => {
    const server = copy.path("answers/01_single_shot/server.ts");
    await Deno.writeTextFile(server, "// TODO: a server\n");
    await using screen = start(copy, {}, "check", "1", "--watch");
    await screen.shows(
      "  answers/01_single_shot/server.ts:1\n    TODO: a server",
    );
    await Deno.writeTextFile(server, "const count: number = 'one';\n");
    await screen.shows("(server.ts saved)");
    await screen.shows("TS2322");
  });

  await t.step("reset 1, three times in a row", async () => {
    const server = copy.path("answers/01_single_shot/server.ts");
    const wanted = [];
    for (let i = 1; i <= 3; i++) {
      await Deno.writeTextFile(server, `// answer ${i}\n`);
      wanted.push(`// answer ${i}\n`);
      const { code, stderr } = await task(copy, "reset", "1");
      assertEquals([code, stderr], [0, ""]);
    }
    assertStringIncludes(await Deno.readTextFile(server), "// TODO");
    const kept: string[] = [];
    for await (const { name } of Deno.readDir(copy.path("answers"))) {
      if (!name.startsWith("01_single_shot.")) continue;
      const file = copy.path(`answers/${name}/server.ts`);
      kept.push(await Deno.readTextFile(file));
    }
    assertEquals(kept.sort(), wanted);
  });
});

/** Runs a task where the user stands. */
async function task(copy: Copy, ...words: string[]) {
  // Where another task runs this test, it has said where its user stands.
  const { INIT_CWD: _, ...env } = Deno.env.toObject();
  return await outputOf(
    new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", ...words],
      cwd: copy.path(HERE),
      clearEnv: true,
      env: { ...env, NO_COLOR: "1" },
      stdin: "null",
    }),
  );
}

/** Starts a command as its task would. The task itself, when it is ended, would leave it running. */
function start(
  copy: Copy,
  env: Record<string, string>,
  name: string,
  ...words: string[]
): Screen {
  return new Screen(Deno.execPath(), {
    args: taskArgs(name, ...words),
    cwd: copy.folder,
    env: { NO_COLOR: "1", INIT_CWD: copy.path(HERE), ...env },
  });
}
