import { assert, assertEquals, assertRejects } from "@std/assert";
import { byClock, guard, Hang, type Patience, within } from "./guard.ts";

const never = new Promise<never>(() => {});

/** A machine that keeps up with a part of the time only, from 0 to 1. */
function machine(ms: number, part: number): Patience {
  const start = performance.now();
  return {
    ms,
    get lost() {
      return (performance.now() - start) * (1 - part);
    },
    look: () => Promise.resolve(),
  };
}

async function hangOf(patience: Patience): Promise<[Hang, number]> {
  const start = performance.now();
  const hang = await assertRejects(() => guard(patience, never), Hang);
  return [hang, performance.now() - start];
}

Deno.test("a guard gives what it waits for, and passes its error on", async () => {
  assertEquals(await guard(byClock(1000), Promise.resolve(5)), 5);
  const failing = Promise.reject(new RangeError("no"));
  await assertRejects(() => guard(byClock(1000), failing), RangeError, "no");
});

Deno.test("a guard rings when its time is over", async () => {
  const [hang] = await hangOf(byClock(20));
  assertEquals(hang.isBusy, false);
  assertEquals(hang.message, "nothing happened for 0.02 s");
});

Deno.test("a guard waits on while the machine does not keep up", async () => {
  const [hang, ms] = await hangOf(machine(20, 0.25));
  assertEquals(hang.isBusy, false);
  assert(ms >= 80, `${ms} ms`);
});

Deno.test("a guard gives up at a bound, and says that the machine was busy", async () => {
  const [hang, ms] = await hangOf(machine(20, 0));
  assertEquals(hang.isBusy, true);
  assertEquals(hang.message, "nothing happened for 0.3 s on a busy machine");
  assert(ms >= 300, `${ms} ms`);
});

Deno.test("a guard does not ring for what came while it looked", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const patience: Patience = {
    ms: 10,
    lost: 0,
    look() {
      resolve("just in time");
      return Promise.resolve();
    },
  };
  assertEquals(await guard(patience, promise), "just in time");
});

Deno.test("a guard counts from when its wait began", async () => {
  const patience = byClock(60_000);
  const since = { at: performance.now() - 60_000, lost: 0 };
  await assertRejects(() => guard(patience, never, since), Hang);
});

Deno.test("patience with another limit knows the same machine", () => {
  const lost = [1, 2];
  const patience: Patience = {
    ms: 5,
    get lost() {
      return lost.shift() ?? 0;
    },
    look: () => Promise.resolve(),
  };
  const shorter = within(3, patience);
  assertEquals([shorter.ms, shorter.lost, shorter.lost], [3, 1, 2]);
});
