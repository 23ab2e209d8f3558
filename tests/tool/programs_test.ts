/**
 * Answers in any language. The commands here start Deno, which every machine
 * has that runs these tests; to the tool they are commands like any other.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { splitWords } from "../../course/programs.ts";
import { UserError } from "../../course/user/error.ts";
import { startReaper } from "../../kit/reaper.ts";
import { shellWord } from "../../kit/shell_word.ts";
import { Copy, keepCases, SOME_CASES } from "./copy.ts";

startReaper();

const DENO = shellWord(Deno.execPath());

/** The command that runs the solution of lesson 01 in a copy of the course, as a stranger's program. */
function solutionOf(copy: Copy, side: "server" | "client"): string {
  const path = shellWord(copy.path(`solutions/01_single_shot/${side}.ts`));
  const config = shellWord(`--config=${copy.path("deno.json")}`);
  return `${DENO} run --quiet ${config} --allow-net=127.0.0.1 ${path}`;
}

Deno.test("splitWords() splits as a shell does, and lets nothing else mean anything", () => {
  assertEquals(splitWords("python3 server.py"), ["python3", "server.py"]);
  assertEquals(splitWords("  a\t b\n"), ["a", "b"]);
  assertEquals(splitWords(""), []);
  assertEquals(splitWords(`a "b c" 'd "e"' ""`), ["a", "b c", 'd "e"', ""]);
  assertEquals(splitWords(`"say \\"hi\\"" "C:\\new"`), ['say "hi"', "C:\\new"]);
  assertEquals(splitWords(`a"b"'c'd`), ["abcd"]);
  assertEquals(splitWords("$HOME *.py | x; y"), [
    ...["$HOME", "*.py", "|", "x;", "y"],
  ]);
  if (Deno.build.os !== "windows") {
    assertEquals(splitWords("a\\ b \\'"), ["a b", "'"]);
  }
  assertThrows(() => splitWords("a 'b"), UserError, "not closed");
});

Deno.test("check tries a command as a server, and says what is left out", async () => {
  await using copy = await Copy.make();
  await keepCases(copy, "01_single_shot", [
    ...SOME_CASES,
    "your client and your server exchange a message and an answer",
  ]);
  const server = solutionOf(copy, "server");
  const { code, stdout, stderr } = await copy.run(
    ...["check", "1", "--server", server],
  );
  assertEquals(stderr, "");
  assertEquals(code, 0, stdout);
  assertStringIncludes(stdout, `checking lesson 01, single shot: ${server}\n`);
  assertMatch(
    stdout,
    /\n.* runs with your own rights: Deno's limits are for Deno's programs\n/,
  );
  assertMatch(
    stdout,
    /passed: all 3 cases, of the server alone; 2 need the other\n/,
  );
  assert(!stdout.includes("client prints"), stdout);
  const home = await copy.run("lesson");
  assertMatch(home.stdout, /0 of \d+ lessons passed/); // a half is not remembered
});

Deno.test("a command's failure is told with the command that tries it again, and with the check's own recording", async () => {
  await using copy = await Copy.make();
  await Deno.writeTextFile(
    copy.path("my server.mjs"),
    'console.log("listening on 127.0.0.1:" + Deno.listen({ hostname: "127.0.0.1", port: 0 }).addr.port); await new Promise(() => {});',
  );
  const server = `${DENO} run -A "my server.mjs"`;
  const { code, stdout } = await copy.run(
    ...["check", "1", "--server", server, "--case", "1", "--wire"],
  );
  assertEquals(code, 1);
  assertStringIncludes(stdout, "   1. your server starts: ");
  assertStringIncludes(
    stdout,
    `this case alone: deno task check 1 --case 1 --server ${
      shellWord(server)
    }\n`,
  );
  assertMatch(stdout, /the check +\(not recorded\)/);
  assertStringIncludes(stdout, "│ connect 127.0.0.1:");
});

Deno.test("a command that cannot run, ends at once or never gets ready is told in one line", async (t) => {
  await using copy = await Copy.make();
  const cases = [
    ["no_such_program x", 'this machine has no program "no_such_program"'],
    [`${DENO} eval 'Deno.exit(3)'`, "your server ended with exit code 3 when"],
    [
      `${DENO} eval 'setTimeout(() => {}, 60_000)'`,
      'your server did not print "listening on 127.0.0.1:<port>" within 2 s',
    ],
  ] as const;
  for (const [server, line] of cases) {
    await t.step(line, async () => {
      const { code, stdout } = await copy.run(
        ...["check", "1", "--server", server],
      );
      assertEquals(code, 1);
      assertStringIncludes(stdout.replaceAll(/\n */g, " "), line);
    });
  }
});

Deno.test("a folder's commands are kept in it, and strangers' are run only when they are trusted", async () => {
  await using copy = await Copy.make();
  const folder = copy.path("answers/01_single_shot");
  await Deno.mkdir(folder, { recursive: true });
  const commands = {
    server: solutionOf(copy, "server"),
    client: solutionOf(copy, "client"),
  };
  const file = `${folder}/programs.json`;
  await Deno.writeTextFile(file, JSON.stringify(commands));

  const own = await copy.run("check", "1");
  assertEquals(own.code, 0, own.stdout);
  assertMatch(own.stdout, /passed: all \d+ cases\n/);
  assertEquals([...Deno.readDirSync(folder)].length, 1); // nothing was made from the starter
  const home = await copy.run("lesson");
  assertMatch(home.stdout, /1 of \d+ lessons passed/);

  const foreign = ["check", "1", "--answers", "answers"] as const;
  const strangers = await copy.run(...foreign);
  assertEquals(strangers.code, 1);
  assertStringIncludes(
    strangers.stdout,
    "not run: programs.json names commands, which would run with your own rights (--trust lets them): ",
  );
  const trusted = await copy.run(...foreign, "--trust", "--case", "1");
  assertEquals(trusted.code, 0, trusted.stdout);

  for (const text of ["{", "[]", "{}", '{"server": 5}', '{"srever": "x"}']) {
    await Deno.writeTextFile(file, text);
    const { code, stderr } = await copy.run("check", "1");
    assertEquals(code, 2);
    assertMatch(stderr, /^error: programs\.json must be like [^\n]*\n$/);
  }
});

Deno.test("lesson --mine shows what passes between programs that have no tap", async (t) => {
  await using copy = await Copy.make();
  const folder = copy.path("answers/01_single_shot");
  await Deno.mkdir(folder, { recursive: true });
  for (const side of ["server", "client"] as const) {
    await Deno.copyFile(
      copy.path(`solutions/01_single_shot/${side}.ts`),
      `${folder}/${side}.ts`,
    );
  }
  for (
    const sides of [["server"], ["client"], ["server", "client"]] as const
  ) {
    await t.step(sides.join(" and "), async () => {
      const commands = sides.map((side) => [side, solutionOf(copy, side)]);
      await Deno.writeTextFile(
        `${folder}/programs.json`,
        JSON.stringify(Object.fromEntries(commands)),
      );
      const { code, stdout } = await copy.run("lesson", "1", "--mine");
      assertEquals(code, 0, stdout);
      for (
        const part of [
          "listen 127.0.0.1:",
          "connect 127.0.0.1:",
          "accept 127.0.0.1:",
          "write 10: ①hello baby ──",
          " read 10: ①hello baby │",
          "a relay saw these bytes pass, not the calls",
        ]
      ) assertStringIncludes(stdout, part);
      // The addresses agree, whoever noted them.
      const [, port] = /listening on 127\.0\.0\.1:(\d+)/.exec(stdout) ?? [];
      assertMatch(stdout, RegExp(`connect 127\\.0\\.0\\.1:${port} `));
      const [, caller] = /accept 127\.0\.0\.1:(\d+)/.exec(stdout) ?? [];
      assertMatch(stdout, RegExp(`connected 127\\.0\\.0\\.1:${caller} `));
    });
  }
});

Deno.test("a datagram is shown on its way through a relay", async () => {
  await using copy = await Copy.make();
  const folder = copy.path("answers/04_udp_echo");
  await Deno.mkdir(folder, { recursive: true });
  const config = shellWord(`--config=${copy.path("deno.json")}`);
  const commandOf = (side: string) =>
    `${DENO} run --quiet ${config} --allow-net=127.0.0.1 ${
      shellWord(copy.path(`solutions/04_udp_echo/${side}.ts`))
    }`;
  await Deno.writeTextFile(
    `${folder}/programs.json`,
    JSON.stringify({
      server: commandOf("server"),
      client: commandOf("client"),
    }),
  );
  const { code, stdout } = await copy.run("lesson", "4", "--mine");
  assertEquals(code, 0, stdout);
  assertMatch(stdout, /send 7 to 127\.0\.0\.1:\d+: ①1 hello /);
  assertMatch(stdout, /receive 7 from 127\.0\.0\.1:\d+: ①1 hello /);
});
