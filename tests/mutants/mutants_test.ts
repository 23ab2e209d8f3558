/**
 * What is kept of mutants is in order. Whether the checks catch them is tried
 * by `deno task mutants`, which takes minutes.
 *
 * @module
 */
import { parse } from "@babel/parser";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { lessons } from "@lessons/catalogue.ts";
import { root, SIDES } from "@lessons/places.ts";
import { loadCheck } from "../../course/checking.ts";
import { keptMutants, rightPrograms } from "./kept.ts";
import { type Mutant, mutate } from "./mutant.ts";
import { readSolution } from "./solution_copy.ts";

for (const lesson of lessons) {
  Deno.test(`${lesson.name} mutants can be made, and break sentences that a case guards`, async () => {
    const { cases } = await loadCheck(lesson);
    for (const side of SIDES) {
      const guarded = cases.filter(({ role }) =>
        role === side || role === "pair"
      )
        .flatMap(({ guards = [] }) => guards);
      for (const mutant of await keptMutants(lesson.name, side)) {
        const { of, breaks, says } = mutant;
        const text = mutate(await readSolution(lesson.name, of), mutant);
        parse(text, { sourceType: "module", plugins: ["typescript"] });
        assert(breaks.length > 0, `${says}: it breaks nothing`);
        const unknown = breaks.filter((number) => !guarded.includes(number));
        assertEquals(unknown, [], says);
      }
    }
  });

  Deno.test(`${lesson.name} sentences are each broken by two mutants`, async () => {
    const { cases } = await loadCheck(lesson);
    const mutants = (await Promise.all(
      SIDES.map((side) => keptMutants(lesson.name, side)),
    )).flat();
    const sentences = new Set(cases.flatMap(({ guards = [] }) => guards));
    const few = [...sentences].filter((number) =>
      mutants.filter(({ breaks }) => breaks.includes(number)).length < 2
    );
    assertEquals(few, []);
  });

  Deno.test(`${lesson.name} right programs, five at least, say in what style they are`, async () => {
    const right = SIDES.flatMap((side) => rightPrograms(lesson.name, side));
    assert(right.length >= 5, `there are ${right.length}`);
    for (const file of right) {
      assertMatch(await Deno.readTextFile(new URL(file, root)), /^\/\/ \S/);
    }
  });
}

Deno.test("mutate() changes what stands there exactly once", () => {
  const mutant: Mutant = {
    of: "server.ts",
    replace: "b",
    with: "$& x",
    breaks: [1],
    says: "says x",
  };
  assertEquals(mutate("a b c", mutant), "a $& x c");
  for (const text of ["a c", "b a b"]) {
    assertThrows(() => mutate(text, mutant), Error, "Cannot change server.ts");
  }
});
