import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@lessons/program.ts";
import { commands, inWords, readCommand } from "./commands.ts";

const right: [words: string[], request: object][] = [
  [["ping"], { op: "ping" }],
  [["select", "NET"], { op: "select", course: "NET" }],
  [["grade", "NET", "anna", "1"], {
    ...{ op: "grade", course: "NET", student: "anna", grade: "1" },
  }],
  [["add-course", "NET", "30", "Ms Frame", "mon-1,wed-2", "All", "of", "it"], {
    ...{ op: "add_course", code: "NET", seats: 30, teacher: "Ms Frame" },
    ...{ slots: ["mon-1", "wed-2"], title: "All of it" },
  }],
];

for (const [words, request] of right) {
  Deno.test(`readCommand() understands ${words.join(" ")}`, () => {
    const { command, values } = readCommand(words);
    assertEquals({ ...command.request(...values) }, { ...request });
  });
}

for (
  const words of [[], ["shout"], ["select"], ["select", ""], ["ping", "x"], [
    "add-course",
    "NET",
    "3",
    "Ms",
    "a",
  ]]
) {
  Deno.test(`readCommand() refuses "${words.join(" ")}"`, () => {
    assertThrows(() => readCommand(words), UsageError);
  });
}

Deno.test("each role has a menu", () => {
  for (const role of ["student", "teacher", "admin"] as const) {
    assertEquals(commands.some(({ roles }) => roles.includes(role)), true);
  }
});

const told: [ok: unknown, lines: string[]][] = [
  ["pong", ["pong"]],
  [true, ["done"]],
  [[], ["none"]],
  [{}, ["none"]],
  [{ state: "seated" }, ["seated"]],
  [{ state: "waiting", place: 3 }, ["waiting 3"]],
  [{ seated: ["A", "B"], waiting: [] }, ["seated: A B", "waiting: none"]],
  [[{ student: "anna", grade: null }], ["anna  -"]],
  [
    [{
      code: "NET",
      title: "T",
      teacher: "Ms",
      seats: 3,
      left: 1,
      slots: ["a", "b"],
    }],
    ["NET  T  1 of 3 left  a b"],
  ],
];

for (const [ok, lines] of told) {
  Deno.test(`inWords() tells ${JSON.stringify(ok)}`, () => {
    assertEquals(inWords(ok), lines);
  });
}
