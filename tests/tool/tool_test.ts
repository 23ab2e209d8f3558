/**
 * The commands as a learner runs them, in a copy of the course.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { Copy, copySolution, keepCases } from "./copy.ts";
import { startReaper } from "../../kit/reaper.ts";
import { announced, lessons } from "@lessons/catalogue.ts";

startReaper();

Deno.test("check makes the starter's copy, says what is to do, and passes the solution", async () => {
  await using copy = await Copy.make();

  const first = await copy.run("check", "1");
  assertEquals(first.code, 1);
  assertEquals(first.stderr, "");
  for (
    const part of [
      "made from the starter, for you to change:",
      "  answers/01_single_shot/server.ts\n",
      "checking lesson 01, single shot: answers/01_single_shot/",
      'your server sent "TODO\\n" (5 bytes); it was expected to send',
      "  answers/01_single_shot/server.ts:19\n    TODO: ",
      "not yet: 0 passed, 1 failed, ",
    ]
  ) assertStringIncludes(first.stdout, part);

  const again = await copy.run("check", "--all-failures");
  assertEquals(again.code, 1);
  assert(!again.stdout.includes("made from the starter"));
  assertStringIncludes(again.stdout, "and these fail, too:\n  server ");
  const [, failed] = /(\d+) failed, 0 not tried/.exec(again.stdout) ?? [];
  assert(Number(failed) > 5, again.stdout);
  assertEquals(again.stdout.split("  FAIL  ").length, 2);

  for (const name of ["server.ts", "client.ts"]) {
    await Deno.copyFile(
      copy.path(`solutions/01_single_shot/${name}`),
      copy.path(`answers/01_single_shot/${name}`),
    );
  }
  const one = await copy.run("check", "1", "--case", "counts bytes");
  assertEquals(one.code, 0);
  assertStringIncludes(one.stdout, "passed: the one case");
  assertEquals(await copy.has(".course/progress.json"), false);

  const solved = await copy.run("check", "01_single_shot");
  assertEquals(solved.code, 0, solved.stdout);
  assertMatch(solved.stdout, /passed: all \d+ cases/);
  const progress = await Deno.readTextFile(copy.path(".course/progress.json"));
  assertMatch(progress, /"01_single_shot": "\d{4}-/);

  await Deno.writeTextFile(copy.path(".course/progress.json"), "{broken");
  const aside = await copy.run("check", "1", "--case", "1");
  assertEquals(aside.code, 0);
  const next = await copy.run("check", "--case", "1");
  assertEquals(next.code, 0);
  assertMatch(
    next.stderr,
    /^\.course\/progress\.json could not be read; it was set aside as .*\n$/,
  );

  const mine = await copy.run("lesson", "1", "--mine", "--plain", "--", "hey");
  assertEquals(mine.code, 0);
  assertMatch(mine.stdout, /client \| 3 bytes from 127\.0\.0\.1:\d+: HEY\n/);
});

Deno.test("check says what is to do in a module of the answer, too", async () => {
  await using copy = await Copy.make();
  const { stdout } = await copy.run("check", "7");
  assertMatch(stdout, /\n {2}answers\/07_md5_file_transfer\/server\.ts:\d+\n/);
  assertMatch(
    stdout,
    /\n {2}answers\/07_md5_file_transfer\/receive\.ts:\d+\n {4}TODO: /,
  );
  assert(!/client\.ts:\d/.test(stdout), stdout);
});

Deno.test("check says which stage of an exercise is reached, and which is next", async () => {
  await using copy = await Copy.make();
  const name = "03_connection_loop";
  await keepCases(copy, name, [
    "server greets a client, answers it, and says when it has left",
    "client prints the greeting, then each answer",
    "server counts clients, messages and bytes",
    "server reports an address in use",
    "client waits for a server that comes late",
  ]);
  const starter = await copy.run("check", "3");
  assertMatch(
    starter.stdout,
    /not yet: .*\nnext is stage 1 of 3: client after client\n$/,
  );

  await copySolution(copy, name, "client.ts");
  await copySolution(copy, name, "server.ts");
  const server = copy.path(`answers/${name}/server.ts`);
  const whole = await Deno.readTextFile(server);
  await Deno.writeTextFile(server, whole.replace('"stats"', '"no stats"'));
  const first = await copy.run("check", "3");
  assertMatch(
    first.stdout,
    /stage 1 of 3 is reached: client after client\nnext is stage 2 of 3: what it has done\n$/,
  );
  const one = await copy.run("check", "3", "--case", "1");
  assertEquals(one.code, 0);
  assert(!one.stdout.includes("stage"), one.stdout);

  await Deno.writeTextFile(server, whole);
  const all = await copy.run("check", "3");
  assertMatch(
    all.stdout,
    /passed: all \d+ cases\nstage 3 of 3 is reached: who waits for whom\n/,
  );
});

Deno.test("hint gives the next of three levels, and then the same one again", async () => {
  await using copy = await Copy.make();
  const levels: string[] = [];
  for (const args of [["1"], ["1"], ["1"], ["1"], ["1", "2"]]) {
    const { code, stdout, stderr } = await copy.run("hint", ...args);
    assertEquals([code, stderr], [0, ""]);
    levels.push(/hint (\d) of 3/.exec(stdout)?.[1] ?? stdout);
  }
  assertEquals(levels, ["1", "2", "3", "3", "2"]);
  const last = await copy.run("hint", "1");
  assertStringIncludes(last.stdout, "our answer: deno task solution 1");
});

Deno.test("solution shows what differs, and reset keeps what was there", async () => {
  await using copy = await Copy.make();
  const without = await copy.run("solution", "1");
  assertEquals(without.code, 0);
  assertStringIncludes(without.stdout, "(you have no such file)");

  await copy.run("check", "1", "--case", "1");
  const answer = copy.path("answers/01_single_shot");
  await Deno.writeTextFile(`${answer}/server.ts`, "// mine\n");
  await Deno.copyFile(
    copy.path("solutions/01_single_shot/client.ts"),
    `${answer}/client.ts`,
  );
  const beside = await copy.run("solution", "1");
  assertStringIncludes(beside.stdout, "server.ts (- yours, + ours)\n");
  assertStringIncludes(beside.stdout, "\n-// mine\n");
  assertStringIncludes(beside.stdout, "client.ts (yours is the same)\n");

  const reset = await copy.run("reset", "1");
  assertEquals(reset.code, 0);
  const kept = /answers\/(01_single_shot\.[\dT-]+)\//.exec(reset.stdout)?.[1];
  assert(kept, reset.stdout);
  const mine = await Deno.readTextFile(copy.path(`answers/${kept}/server.ts`));
  assertEquals(mine, "// mine\n");
  assertStringIncludes(
    await Deno.readTextFile(`${answer}/server.ts`),
    "// TODO",
  );
});

Deno.test("lesson without a number shows what is passed and what is next", async () => {
  await using copy = await Copy.make();
  const fresh = await copy.run("lesson");
  assertEquals(fresh.code, 0);
  assertMatch(fresh.stdout, /next -> {2}01 Single shot /);
  assertStringIncludes(fresh.stdout, "go on: read lessons/01_single_shot/");

  await Deno.mkdir(copy.path(".course"));
  await Deno.writeTextFile(
    copy.path(".course/progress.json"),
    '{ "passed": { "01_single_shot": "2026-01-02T03:04:05.678Z" } }',
  );
  await Deno.mkdir(copy.path("answers/02_conversation"), { recursive: true });
  const later = await copy.run("lesson");
  assertMatch(later.stdout, /passed {3}01 Single shot +on 2026-01-02\n/);
  assertMatch(later.stdout, /next -> {2}02 Conversation /);
  assertStringIncludes(later.stdout, "run: deno task check 2");
  assertEquals(later.stdout.split("\n").filter((l) => l.length > 80), []);
});

Deno.test("check --answers runs no program that imports what is not part of it", async () => {
  await using copy = await Copy.make();
  const answer = copy.path("answers/01_single_shot");
  await Deno.mkdir(answer, { recursive: true });
  for (const name of ["server.ts", "client.ts"]) {
    await copySolution(copy, "01_single_shot", name);
  }
  const server = await Deno.readTextFile(`${answer}/server.ts`);
  await Deno.writeTextFile(copy.path("secret.txt"), "secret");
  for (
    const [line, strange] of [
      ['import "./own.ts";', undefined],
      [
        'import text from "../../secret.txt" with { type: "text" };',
        "secret.txt",
      ],
      ['import "./own.ts"; import "https://example.com/x.ts";', "https://"],
      [
        'await import("../../solutions/01_single_shot/server.ts");',
        "solutions/01_single_shot/server.ts",
      ],
    ] as const
  ) {
    await Deno.writeTextFile(`${answer}/own.ts`, "export {};\n");
    await Deno.writeTextFile(`${answer}/server.ts`, `${line}\n${server}`);
    const args = ["check", "1", "--case", "1", "--answers", "answers"] as const;
    const { code, stdout } = await copy.run(...args);
    assertEquals(code, strange === undefined ? 0 : 1, stdout);
    if (strange === undefined) continue;
    assertStringIncludes(
      stdout,
      "not run: it imports what is not part of it: ",
    );
    assertStringIncludes(stdout, strange);
  }
});

Deno.test({
  name: "check --answers leaves nothing of what a program stores",
  ignore: Deno.build.os === "windows", // a link there takes a right of its own
  async fn() {
    await using copy = await Copy.make();
    const answer = copy.path("answers/01_single_shot");
    await Deno.mkdir(answer, { recursive: true });
    for (const name of ["server.ts", "client.ts"]) {
      await copySolution(copy, "01_single_shot", name);
    }
    const server = await Deno.readTextFile(`${answer}/server.ts`);
    const keeps =
      `localStorage.setItem("been", "here"); await caches.open("been");\n`;
    await Deno.writeTextFile(
      `${answer}/server.ts`,
      `if (localStorage.getItem("been")) Deno.exit(9);\n${keeps}${server}`,
    );
    for (let i = 0; i < 2; i++) {
      const { code, stdout } = await copy.run(
        ...["check", "1", "--case", "1", "--answers", "answers"],
      );
      assertEquals(code, 0, stdout);
    }
  },
});

Deno.test("what the system refuses is one line, and nothing is lost", async () => {
  await using copy = await Copy.make();
  // An empty starter: what a full disk left of a copy.
  await Deno.mkdir(copy.path("answers/01_single_shot"), { recursive: true });
  await Deno.writeTextFile(copy.path("answers/01_single_shot/server.ts"), "");
  const first = await copy.run("check", "1");
  assertStringIncludes(first.stdout, "  answers/01_single_shot/server.ts\n");
  assertStringIncludes(first.stdout, "TODO");
  // Something else where the tool keeps what it knows.
  await Deno.mkdir(copy.path(".course/lock"), { recursive: true });
  const hint = await copy.run("hint", "1");
  assertEquals(hint.code, 1);
  assertEquals(hint.stderr, "error: .course/lock is no file: remove it\n");
  await Deno.remove(copy.path(".course/lock"));
  await Deno.mkdir(copy.path(".course/progress.json"));
  const home = await copy.run("lesson");
  assertStringIncludes(home.stdout, "0 of ");
  assertStringIncludes(home.stderr, "could not be read");
  await Deno.remove(copy.path(".course"), { recursive: true });
  await Deno.writeTextFile(copy.path(".course"), "");
  const { code, stderr } = await copy.run("hint", "1");
  assertEquals(code, 1);
  assertMatch(stderr, /^error: [^\n]+\n$/);
  // No folder for what the programs need for a while.
  await Deno.rename(copy.temporary, `${copy.temporary}_of_others`);
  const nowhere = await copy.run("check", "1");
  assertEquals(nowhere.code, 1);
  assertMatch(
    nowhere.stderr,
    /^error: [^\n]*where temporary files go[^\n]*\n$/,
  );
});

Deno.test("nothing that an answer prints or holds is obeyed by a terminal", async () => {
  await using copy = await Copy.make();
  await keepCases(copy);
  await Deno.mkdir(copy.path("answers/01_single_shot"), { recursive: true });
  const evil = "\x1b[2J\x1b[Hpassed: all 20 cases\x1b[8m\r\x9b1K";
  await Deno.writeTextFile(
    copy.path("answers/01_single_shot/server.ts"),
    `// TODO ${evil.replaceAll("\r", "")}
     const evil = ${JSON.stringify(evil)};
     console.log(evil);
     console.error(evil);
     const x: number = "${evil.replaceAll("\r", "")}";
     null!.foo; // ${evil.replaceAll("\r", "")}`,
  );
  await copySolution(copy, "01_single_shot", "client.ts");
  for (
    const [name, ...args] of [
      ["check", "1"],
      ["check", "1", "--all-failures"],
      ["lesson", "1", "--mine"],
      ["solution", "1"],
      ["check", `${evil}`],
      ["check", "1", "--case", evil],
    ] as const
  ) {
    const { stdout, stderr } = await copy.run(name, ...args);
    const obeyed = /[^\P{Cc}\n\t]/u.exec(stdout + stderr);
    assertEquals(obeyed, null, `${name} ${args.join(" ")}\n${stdout}`);
    assertStringIncludes(stdout + stderr, "[2J");
  }
});

Deno.test("commands at once all keep what they have to remember", async () => {
  await using copy = await Copy.make();
  const all = await Promise.all(
    lessons.map(({ number }) => copy.run("hint", String(number))),
  );
  assertEquals(all.map(({ stderr }) => stderr), all.map(() => ""));
  const text = await Deno.readTextFile(copy.path(".course/progress.json"));
  const { hints } = JSON.parse(text);
  assertEquals(Object.keys(hints).sort(), lessons.map(({ name }) => name));
});

Deno.test("bad input gets one line and the contract's exit code", async () => {
  await using copy = await Copy.make();
  const cases: [string[], string][] = [
    [["check", "99"], 'error: there is no lesson "99"; there are: '],
    ...announced.map(({ number, title }): [string[], string] => [
      ["check", `${number}`],
      `error: lesson ${number}, ${title.toLowerCase()} is still to come`,
    ]),
    [
      ["lesson", "0"],
      "error: lesson 00, orientation, is a page to read: lessons/00_orientation/README.md",
    ],
    [
      ["check", "1", "--foo"],
      "error: unknown flag --foo; usage: deno task check",
    ],
    [
      ["check", "1", "2"],
      'error: "2" is one word too many; usage: deno task check',
    ],
    [["check", "1", "--all"], "error: --all checks every lesson"],
    [["check", "1", "--case"], "error: --case needs"],
    [["lesson", "banana"], 'error: there is no lesson "banana"'],
    [["lesson", "1", "hello"], 'error: "hello" is one word too many'],
    [
      ["lesson", "1", "--mine", "--solution"],
      "error: --mine and --solution exclude",
    ],
    [["lesson", "1", "-x"], "error: unknown flag -x; usage: deno task lesson"],
    [
      ["lesson", "11", "--network", "lose=2"],
      "error: --network takes habits such as lose=0.3,double=0.1",
    ],
    [
      ["lesson", "1", "--network", "lose=1"],
      "error: --network loses datagrams",
    ],
    [["doctor", "now"], 'error: "now" is one word too many'],
    [["hint"], "error: which lesson? usage: deno task hint"],
    [["hint", "1", "9"], 'error: there is no hint "9"; there are 3'],
    [["solution", "1", "x"], 'error: "x" is one word too many'],
    [["reset", "--all"], "error: unknown flag --all; usage: deno task reset"],
  ];
  for (const [[name = "", ...args], message] of cases) {
    const { code, stderr } = await copy.run(name, ...args);
    assertEquals(code, 2, `${name} ${args}: ${stderr}`);
    assertStringIncludes(stderr, message);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
  }
  const unknown = await copy.run(
    "check",
    "1",
    "--answers",
    "solutions",
    "--case",
    "nonsense",
  );
  assertEquals(unknown.code, 2);
  assertStringIncludes(
    unknown.stderr,
    "  2. server counts bytes, not characters",
  );
});

Deno.test("lesson shows both programs on the wire, and a client's words after --", async () => {
  await using copy = await Copy.make();
  const { code, stdout } = await copy.run(
    "lesson",
    "1",
    "--",
    "good",
    "morning",
  );
  assertEquals(code, 0);
  assertStringIncludes(stdout, "client.ts good morning");
  assertStringIncludes(stdout, "GOOD MORNING");
  assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("doctor finds a port that is taken", async () => {
  await using copy = await Copy.make();
  // The lesson's port may be taken on this machine, by a learner's own server, say.
  let listener: Deno.Listener | undefined;
  try {
    listener = Deno.listen({ hostname: "127.0.0.1", port: 8001 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
  }
  const { code, stdout } = await copy.run("doctor");
  listener?.close();
  assertEquals(code, 1);
  assertStringIncludes(stdout, "ok    TCP on 127.0.0.1\n");
  assertStringIncludes(stdout, "FAIL  port 8001 of lesson 1 is free\n");
  assertStringIncludes(stdout, "end the program that holds it");
  assertStringIncludes(stdout, "\nnot ready yet\n");
});
