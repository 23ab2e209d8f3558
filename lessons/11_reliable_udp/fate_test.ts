import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type Fate, fates, type Habits } from "./fate.ts";

const NEVER: Habits = { lose: 0, double: 0, swap: 0, corrupt: 0 };

function first(count: number, habits: Habits, seed: number): Fate[] {
  const all = fates(habits, seed);
  return Array.from({ length: count }, () => all.next().value);
}

Deno.test("fates() gives the same fates for a seed, and others for another", () => {
  const habits = { lose: 0.3, double: 0.2, swap: 0.1, corrupt: 0.1 };
  assertEquals(first(200, habits, 7), first(200, habits, 7));
  assertNotEquals(first(200, habits, 7), first(200, habits, 8));
});

Deno.test("fates() loses about as many as it is told, and the same ones whatever else happens", () => {
  const lost = (habits: Habits) =>
    first(1000, habits, 7).map(({ isLost }) => isLost);
  const some = lost({ ...NEVER, lose: 0.2 });
  const count = some.filter((isLost) => isLost).length;
  assert(count > 150 && count < 250, `${count} of 1000`);
  assertEquals(lost({ lose: 0.2, double: 0.5, swap: 0.5, corrupt: 0.5 }), some);
});

Deno.test("fates() does nothing where it should do nothing, and all where it should do all", () => {
  const nothing = { isLost: false, isDoubled: false, isSwapped: false };
  assertEquals(first(3, NEVER, 1), [nothing, nothing, nothing]);
  const [all] = first(1, { lose: 1, double: 1, swap: 1, corrupt: 1 }, 1);
  assert(all?.isLost && all.isDoubled && all.isSwapped);
  assert(all.corruptAt !== undefined && all.corruptAt < 1);
});
