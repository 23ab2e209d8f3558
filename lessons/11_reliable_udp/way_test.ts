import { assertEquals } from "@std/assert";
import type { Fate } from "./fate.ts";
import { wayThrough } from "./way.ts";

const PLAIN: Fate = { isLost: false, isDoubled: false, isSwapped: false };

function* fatesOf(...all: readonly Partial<Fate>[]): Generator<Fate, never> {
  for (const fate of all) yield { ...PLAIN, ...fate };
  while (true) yield PLAIN;
}

/** Sends bytes 1, 2, 3 and so on along a way, until so many have arrived. */
async function arrivals(
  count: number,
  arrived: number,
  ...all: readonly Partial<Fate>[]
): Promise<number[]> {
  const way = wayThrough(fatesOf(...all), 0);
  const there: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (let i = 1; i <= count; i++) {
    way((bytes) => {
      if (there.push(...bytes) === arrived) resolve();
      return Promise.resolve();
    }, Uint8Array.of(i));
  }
  await promise;
  return there;
}

Deno.test("wayThrough() passes on, loses and doubles by the fates", async () => {
  const all = [{ isLost: true }, {}, { isDoubled: true }];
  assertEquals(await arrivals(4, 4, ...all), [2, 3, 3, 4]);
});

Deno.test("wayThrough() lets the next datagram overtake a swapped one, or passes it on alone", async () => {
  assertEquals(await arrivals(3, 3, { isSwapped: true }), [2, 1, 3]);
  assertEquals(await arrivals(1, 1, { isSwapped: true }), [1]);
});

Deno.test("wayThrough() changes one bit of a copy, and tells the fate", async () => {
  const way = wayThrough(fatesOf({ corruptAt: 0.5 }), 1);
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const { promise, resolve } = Promise.withResolvers<Uint8Array>();
  const fate = way((bytes) => Promise.resolve(resolve(bytes)), bytes);
  assertEquals(fate.corruptAt, 0.5);
  assertEquals([...await promise], [1, 2, 2, 4]);
  assertEquals([...bytes], [1, 2, 3, 4]);
});
