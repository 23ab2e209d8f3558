import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type PauseOptions, pauses } from "./pauses.ts";

const some = (options: PauseOptions, count = 8) => [
  ...pauses(options).take(count),
];

Deno.test("pauses() double up to the cap where nothing is left to chance", () => {
  assertEquals(some({ first: 50, most: 1000, jitter: 0 }), [
    ...[50, 100, 200, 400, 800],
    ...[1000, 1000, 1000],
  ]);
  assertEquals(some({ first: 50, most: 20, jitter: 0 }, 2), [20, 20]);
});

Deno.test("pauses() leave only the part to chance that they may", () => {
  const longest = [100, 200, 400, 800, 1000, 1000, 1000, 1000];
  for (let seed = 0; seed < 200; seed++) {
    const half = some({ first: 100, most: 1000, jitter: 0.5, seed });
    const full = some({ first: 100, most: 1000, seed });
    for (const [i, most] of longest.entries()) {
      const [a = NaN, b = NaN] = [half[i], full[i]];
      assert(a > most / 2 && a <= most, `${a} of ${most}`);
      assert(b > 0 && b <= most, `${b} of ${most}`);
    }
  }
});

Deno.test("pauses() are the same by the same seed, and others by another", () => {
  const options = { first: 100, most: 1000 };
  assertEquals(some({ ...options, seed: 7 }), some({ ...options, seed: 7 }));
  assertNotEquals(some({ ...options, seed: 7 }), some({ ...options, seed: 8 }));
  assertNotEquals(some(options), some(options));
});

Deno.test("pauses() use the whole of their range, evenly", () => {
  const tenths = new Array<number>(10).fill(0);
  for (const pause of pauses({ first: 10, most: 10, seed: 1 }).take(10_000)) {
    const tenth = Math.min(9, Math.floor(pause));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) assert(count > 800 && count < 1200, `${tenths}`);
});
