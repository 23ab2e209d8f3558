/**
 * `check --watch` as a learner has it: through a pipe, and on a terminal.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { checkTypes, placesIn } from "../../course/type_check.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { findPython, ownProgram } from "../../kit/python.ts";
import { startReaper } from "../../kit/reaper.ts";
import {
  Copy,
  copySolution,
  keepCases,
  ODD_NAME,
  SOME_CASES,
  taskArgs,
} from "./copy.ts";
import { Screen } from "./screen.ts";

startReaper();

const args = taskArgs("check", "1", "--watch");

Deno.test("check --watch checks again when a file is saved, without a terminal", async () => {
  await using copy = await Copy.make();
  await keepCases(copy);
  await using screen = new Screen(Deno.execPath(), {
    args,
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("checking lesson 01, single shot…\n");
  assertStringIncludes(await screen.shows("not yet"), "your server sent");
  await copySolution(copy, "01_single_shot", "server.ts");
  await screen.shows("checking lesson 01, single shot… (server.ts saved)\n");
  assertStringIncludes(await screen.shows("not yet"), "your client");
  await copySolution(copy, "01_single_shot", "client.ts");
  await screen.shows("passed: lesson 01, single shot, all ");

  await Deno.writeTextFile(
    copy.path("answers/01_single_shot/client.ts"),
    "const count: number = 'one';\n",
  );
  await screen.shows("not yet");
  await screen.shows("not yet; 1 type error:");
  await screen.shows("TS2322");
});

Deno.test("check --watch tries what failed last time before all else", async () => {
  await using copy = await Copy.make();
  await keepCases(copy);
  await using screen = new Screen(Deno.execPath(), {
    args,
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("not yet");
  await copySolution(copy, "01_single_shot", "client.ts");
  await screen.shows("not yet");
  const server = copy.path("answers/01_single_shot/server.ts");
  const right = await Deno.readTextFile(
    copy.path("solutions/01_single_shot/server.ts"),
  );
  // It fails late: the end without a word is one of the last cases.
  const late = right.replace("if (count === null)", "if (false)");
  assert(late !== right);
  await Deno.writeTextFile(server, late);
  const [, first] = /FAIL {2}(.*)\n/.exec(await screen.shows("not yet")) ?? [];
  // Now earlier cases fail as well, and it is told of the same one again.
  await Deno.writeTextFile(server, late.replace("toUpperCase", "toLowerCase"));
  const [, second] = /FAIL {2}(.*)\n/.exec(await screen.shows("not yet")) ?? [];
  assertEquals(second, first);
  // It passes, and so do not those before it.
  await Deno.writeTextFile(server, right.replace("toUpperCase", "toLowerCase"));
  const [, third] = /FAIL {2}(.*)\n/.exec(await screen.shows("not yet")) ?? [];
  assert(third !== first, third);
});

const NO_ANSWER =
  "no answer: answers/01_single_shot/ has no server.ts and no client.ts\n";

/** What people and their editors do to the folders of an answer, and what is shown then, in order. */
const HAPPENINGS: readonly {
  readonly what: string;
  readonly act: (place: Place) => Promise<unknown>;
  readonly shows: readonly string[];
}[] = [
  {
    what: "a save is written over the file",
    act: ({ answer }) => writeServer(answer),
    shows: ["checking lesson 01, single shot… (server.ts saved)\n"],
  },
  {
    what: "a save is written beside the file and renamed",
    async act({ answer }) {
      await writeServer(answer, "server.ts.tmp");
      await Deno.rename(`${answer}/server.ts.tmp`, `${answer}/server.ts`);
    },
    shows: ["checking lesson 01, single shot… (server.ts saved)\n"],
  },
  {
    what: "a file is removed",
    act: ({ answer }) => Deno.remove(`${answer}/client.ts`),
    shows: ["no answer: answers/01_single_shot/ has no client.ts\n"],
  },
  {
    what: "the file is made again",
    act: ({ answer }) => Deno.writeTextFile(`${answer}/client.ts`, ""),
    shows: ["checking lesson 01, single shot… (client.ts saved)\n"],
  },
  {
    what: "the answer's folder is renamed",
    act: ({ answer, aside }) => Deno.rename(answer, aside),
    shows: [NO_ANSWER],
  },
  {
    what: "the folder is renamed back",
    act: ({ answer, aside }) => Deno.rename(aside, answer),
    shows: ["checking lesson 01, single shot… (client.ts, server.ts saved)\n"],
  },
  {
    what: "the folder is renamed and renamed back at once",
    async act({ answer, aside }) {
      await Deno.rename(answer, aside);
      await Deno.rename(aside, answer);
    },
    shows: [],
  },
  {
    what: "the folder is removed",
    act: ({ answer }) => Deno.remove(answer, { recursive: true }),
    shows: [NO_ANSWER],
  },
  {
    what: "the folder is made anew",
    act: ({ answer }) => makeAnswer(answer),
    shows: ["checking lesson 01, single shot…"],
  },
  {
    what: "the folder is put aside and made from the starter by reset",
    async act({ copy }) {
      assertEquals((await copy.run("reset", "1")).code, 0);
    },
    shows: ["checking lesson 01, single shot…", 'your server sent "TODO'],
  },
  {
    what: "the folder is replaced by a link",
    async act({ answer, aside }) {
      await Deno.rename(answer, aside);
      await Deno.symlink(aside, answer, { type: "junction" });
    },
    shows: [],
  },
  {
    what: "the folder that the link leads to is made anew",
    async act({ aside }) {
      await Deno.remove(aside, { recursive: true });
      await makeAnswer(aside);
    },
    shows: ["checking lesson 01, single shot…"],
  },
  {
    what: "answers/ is removed",
    act: ({ answers }) => Deno.remove(answers, { recursive: true }),
    shows: [NO_ANSWER],
  },
  {
    what: "answers/ is made anew",
    act: ({ answer }) => makeAnswer(answer),
    shows: ["checking lesson 01, single shot…"],
  },
  {
    what: "answers/ is replaced by a link",
    async act({ answers, aside }) {
      await Deno.remove(aside, { recursive: true });
      await Deno.rename(answers, aside);
      await Deno.symlink(aside, answers, { type: "junction" });
    },
    shows: [],
  },
  {
    what: "the folder is made anew behind the link",
    async act({ answer }) {
      await Deno.remove(answer, { recursive: true });
      await makeAnswer(answer);
    },
    shows: ["checking lesson 01, single shot…"],
  },
];

/** Where something happens. */
interface Place {
  readonly copy: Copy;
  /** The folder `answers/`. */
  readonly answers: string;
  /** The answer's folder in it. */
  readonly answer: string;
  /** A place for what is renamed. */
  readonly aside: string;
}

Deno.test("check --watch says which stage of an exercise is reached", async () => {
  await using copy = await Copy.make();
  await keepCases(copy, "04_udp_echo", [
    "server answers with the id, the count and the text in capitals",
    "client prints the answer to its only line, and ends",
    "client reports a server that is gone, and is answered when it is back",
    "client does not take an answer's second copy for the next answer",
  ]);
  await using screen = new Screen(Deno.execPath(), {
    args: taskArgs("check", "4", "--watch"),
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("not yet: lesson 04, udp echo\nnext is stage 1 of 3: ");
  for (const name of ["counts", "datagrams", "server", "client"]) {
    await copySolution(copy, "04_udp_echo", `${name}.ts`);
  }
  await screen.shows("cases\nstage 3 of 3 is reached: take the right one\n");
});

Deno.test("check --watch goes on, whatever happens to the folders", async (t) => {
  await using copy = await Copy.make();
  await keepCases(copy, "01_single_shot", SOME_CASES.slice(0, 1));
  await using screen = new Screen(Deno.execPath(), {
    args,
    cwd: copy.folder,
    env: { NO_COLOR: "1" },
  });
  await screen.shows("not yet: lesson 01");
  const answers = copy.path("answers");
  const answer = `${answers}/01_single_shot`;
  const place = { copy, answers, answer, aside: copy.path("aside") };
  for (const { what, act, shows } of HAPPENINGS) {
    const isDone = await t.step(what, async () => {
      await act(place);
      for (const text of shows) await screen.shows(text);
      if (shows.some((text) => text.startsWith("no answer"))) return;
      await seesSaves(screen, answer);
    });
    if (!isDone) return; // the next happening begins where this one ends
  }
  await t.step("a save while a folder is made anew is not lost", async () => {
    for (let round = 0; round < 3; round++) {
      await Deno.remove(answer, { recursive: true });
      await makeAnswer(answer);
      await seesSaves(screen, answer);
    }
  });
});

Deno.test("placesIn() finds each type error with its file, line and column", () => {
  const text = [
    "TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.",
    '  const a: number = "x";',
    "        ^",
    "    at file:///c%20d/answers/01_single_shot/server.ts:12:9",
    "",
    "TS2339 [ERROR]: Property 'write' does not exist on type 'typeof Deno'.",
    "  Did you mean 'writeFile'?",
    "await Deno.write(1);",
    "           ~~~~~",
    "    at file:///c%20d/answers/01_single_shot/%E4%BD%A0.ts:3:12",
    "",
    "Found 2 errors.",
  ].join("\n");
  assertEquals(placesIn(text), [
    {
      file: "server.ts",
      line: 12,
      column: 9,
      length: 1,
      message:
        "TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.",
    },
    {
      file: "你.ts",
      line: 3,
      column: 12,
      length: 5,
      message:
        "TS2339 [ERROR]: Property 'write' does not exist on type 'typeof Deno'.\n  Did you mean 'writeFile'?",
    },
  ]);
});

Deno.test("checkTypes() says nothing of a folder that has gone", async () => {
  const { signal } = new AbortController();
  const folder = new URL("gone/", import.meta.url);
  assertEquals(await checkTypes(folder, signal), undefined);
});

let marks = 0;

/** Saves a server, and waits until the check of just that server tells what it wrote. */
async function seesSaves(screen: Screen, folder: string): Promise<void> {
  const mark = await writeServer(folder);
  await screen.shows(mark);
  await screen.shows("not yet: lesson 01");
}

/** Makes an answer's folder. */
async function makeAnswer(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/client.ts`, "");
  await writeServer(folder);
}

/** Writes a server that writes a mark and ends. @returns The mark. */
async function writeServer(
  folder: string,
  name = "server.ts",
): Promise<string> {
  const mark = `mark ${++marks}.`;
  await Deno.writeTextFile(
    `${folder}/${name}`,
    `console.error("${mark}");\nDeno.exit(3);\n`,
  );
  return mark;
}

Deno.test({
  name: `check --watch obeys keys on a terminal${
    findPython() ? "" : " (skipped: python3 was not found)"
  }`,
  ignore: Deno.build.os === "windows" || !findPython(),
  async fn() {
    await using copy = await Copy.make(ODD_NAME);
    await keepCases(copy);
    const pty = fromFileUrl(
      new URL("fixtures/on_terminal.py", import.meta.url),
    );
    const [command, ...flags] = ownProgram(pty);
    await using screen = new Screen(command, {
      args: [...flags, Deno.execPath(), ...args],
      cwd: copy.folder,
      env: { TERM: "xterm" },
    });
    await screen.shows("h hint  l the lesson  w the case on the wire");
    await screen.press("h");
    await screen.shows("hint 1 of 3");
    await screen.press("w");
    assertMatch(await screen.shows("calls, not segments"), /the check/);
    await screen.press("n");
    await screen.shows("this one is not passed yet");
    for (const name of ["server.ts", "client.ts"]) {
      await copySolution(copy, "01_single_shot", name);
    }
    await screen.shows("passed: lesson 01, single shot");
    await screen.shows("n next lesson");
    await screen.press("n");
    await screen.shows("not yet: lesson 02, conversation");
    await screen.press("q");
    assertEquals(await screen.exitCode(), 0);
  },
});
