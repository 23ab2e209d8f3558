import { assertEquals } from "@std/assert";
import type { Stage } from "@lessons/stages.ts";
import type { Case } from "./case.ts";
import { byStage, casesBefore, countReached, stageOf } from "./stages.ts";

const stages: Stage[] = [
  { number: 1, name: "it runs", sentences: [1, 2, 3] },
  { number: 2, name: "it lasts", sentences: [4] },
  { number: 3, name: "it is safe", sentences: [5, 6] },
];

function guarding(...guards: number[]): Case {
  return {
    name: guards.join(),
    role: "server",
    guards,
    script: async () => {},
  };
}

const pair: Case = { name: "pair", role: "pair", script: async () => {} };

Deno.test("stageOf() gives the last stage among the sentences that a case guards", () => {
  const numbers = [guarding(2), guarding(1, 4), guarding(6, 1), pair]
    .map((aCase) => stageOf(aCase, stages)?.number);
  assertEquals(numbers, [1, 2, 3, 3]);
  assertEquals(stageOf(guarding(1), []), undefined);
});

Deno.test("byStage() keeps the order of cases within a stage", () => {
  const cases = [guarding(5), guarding(2), pair, guarding(4), guarding(1)];
  const names = byStage(cases, stages).map(({ name }) => name);
  assertEquals(names, ["2", "1", "4", "5", "pair"]);
  assertEquals(byStage(cases, []), cases);
});

Deno.test("countReached() counts the stages before that of the first case that fails", () => {
  assertEquals(countReached(stages, guarding(3)), 0);
  assertEquals(countReached(stages, guarding(1, 4)), 1);
  assertEquals(countReached(stages, pair), 2);
  assertEquals(countReached(stages), 3);
});

Deno.test("casesBefore() gives the cases of the stages before the first of some sentences", () => {
  const cases = [guarding(2), guarding(1, 4), guarding(5), pair];
  const namesBefore = (...sentences: number[]) =>
    casesBefore(cases, stages, sentences).map(({ name }) => name);
  assertEquals(namesBefore(3, 6), []);
  assertEquals(namesBefore(4, 5), ["2"]);
  assertEquals(namesBefore(6), ["2", "1,4"]);
  assertEquals(casesBefore(cases, [], [6]), []);
});
