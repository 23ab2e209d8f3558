/**
 * What the commands make of a command line: help, values, and errors that
 * guess what was meant.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { announced, lessons } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { readCommandLine } from "../../course/user/command_line.ts";
import { UserError } from "../../course/user/error.ts";
import { guess } from "../../course/user/guess.ts";
import { findLesson } from "../../course/user/lesson.ts";
import { inParallel } from "../../kit/parallel.ts";
import { outputOf, taskArgs } from "./copy.ts";

const COMMAND = {
  usage: "deno task try WORD [MORE]",
  about: "Tries.",
  words: [
    { name: "WORD", about: "a word", asks: "which word?" },
    { name: "MORE", about: "another" },
  ],
  flags: {
    watch: { about: "watches" },
    once: { about: "does it once" },
    case: { about: "one case", value: { name: "N", what: "a number" } },
  },
  exclusive: [["watch", "once"]],
  rest: "the client's own words",
  examples: ["deno task try this"],
} as const;

const read = (...args: string[]) => readCommandLine(COMMAND, args);

Deno.test("readCommandLine() gives words, flags and what follows --", () => {
  assertEquals(read("01", "--case", "2", "--watch", "7", "--", "--case", "x"), {
    words: ["01", "7"],
    flags: { watch: true, once: false, case: "2" },
    rest: ["--case", "x"],
  });
  assertEquals(read("a", "--case=-1"), {
    words: ["a"],
    flags: { watch: false, once: false, case: "-1" },
    rest: [],
  });
});

Deno.test("readCommandLine() sees that help is wanted, whatever else is wrong", () => {
  for (const flag of ["--help", "-h"]) {
    assertEquals(read(flag), "help");
    assertEquals(read("a", "b", "c", flag), "help");
  }
  assert(read("a", "--", "--help") !== "help");
});

Deno.test("readCommandLine() refuses what is not described, and guesses what was meant", () => {
  const refusals: [string[], string][] = [
    [["a", "--wach"], "unknown flag --wach; did you mean --watch?"],
    [["a", "--wacth"], "unknown flag --wacth; did you mean --watch?"],
    [["a", "-watch"], "unknown flag -watch; did you mean --watch?"],
    [["a", "--hepl"], "unknown flag --hepl; did you mean --help?"],
    [["a", "--cas=3"], "unknown flag --cas; did you mean --case?"],
    [["a", "--foo"], "unknown flag --foo; usage: deno task try WORD [MORE]"],
    [["a", "--no-watch"], "unknown flag --no-watch; usage: "],
    [["a", "-x"], "unknown flag -x; usage: "],
    [["a", "--case"], "--case needs a number"],
    [["a", "--case="], "--case needs a number"],
    [["a", "--case", "--watch"], "--case needs a number"],
    [["a", "--watch=no"], '--watch takes nothing behind it, not "no"'],
    [[], "which word? usage: deno task try WORD [MORE]"],
    [
      ["a", "b", "c"],
      `"c" is one word too many; the client's own words come after --; usage: `,
    ],
    [["a", "--watch", "--once"], "--watch and --once exclude each other"],
  ];
  for (const [args, message] of refusals) {
    const error = assertThrows(() => read(...args), UserError);
    assertEquals(error.message.slice(0, message.length), message);
    assertEquals(error.code, 2);
  }
});

Deno.test("guess() takes two slips at most, one in a short word, and no word for another", () => {
  const known = ["watch", "wire", "keyboard", "01_single_shot"];
  assertEquals(guess("keybroad", known), "keyboard");
  assertEquals(guess("01_singelshot", known), "01_single_shot");
  assertEquals(guess("wirw", known), "wire");
  assertEquals(guess("wi", known), undefined);
  assertEquals(guess("board", known), undefined);
  assertEquals(guess("02_sinlge_spot", known), undefined);
  assertEquals(guess("", known), undefined);
});

Deno.test("findLesson() guesses a lesson's name where one is close", () => {
  for (const { name } of [...lessons, ...announced]) {
    const error = assertThrows(() => findLesson(name.slice(0, -1)), UserError);
    assertStringIncludes(error.message, `"; did you mean ${name}?`);
  }
});

const COMMANDS = [...Deno.readDirSync(new URL("course/commands/", root))]
  .map(({ name }) => name.replace(/\.ts$/, ""))
  .filter((name) => name !== "run_tests") // `deno test` has help of its own
  .sort();

Deno.test("every command shows its help when --help or -h asks for it", async (t) => {
  const asked = COMMANDS.flatMap((name) =>
    ["--help", "-h"].map((flag) => [name, flag] as const)
  );
  const answers = await inParallel(
    4,
    asked.map(([name, flag]) => async () => {
      const command = new Deno.Command(Deno.execPath(), {
        args: taskArgs(name, flag),
        cwd: root,
        env: { NO_COLOR: "1" },
      });
      return { name, flag, ...await outputOf(command) };
    }),
  );
  for (const { name, flag, code, stdout, stderr } of answers) {
    await t.step(`${name} ${flag}`, () => {
      assertEquals([code, stderr], [0, ""]);
      assert(stdout.startsWith(`usage: deno task ${name}`), stdout);
      const [usage = ""] = stdout.split("\n\n");
      for (const [named] of usage.matchAll(/--[a-z]+/g)) {
        assert(
          stdout.includes(`\n  ${named} `),
          `no line for ${named}:\n${stdout}`,
        );
      }
      assertStringIncludes(stdout, "\n  -h, --help ");
      assertStringIncludes(stdout, `\nfor example:\n  deno task `);
      assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
    });
  }
});
