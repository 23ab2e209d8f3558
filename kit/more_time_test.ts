import { assertEquals, assertGreaterOrEqual, assertRejects } from "@std/assert";
import { Exercise } from "./case.ts";
import { Failure } from "./failure.ts";
import { byClock, firstOf, guard } from "./guard.ts";
import { type MoreTime, withMoreTime } from "./more_time.ts";
import { SharedPatience } from "./strain.ts";

/** A script without programs, whose machine loses so much time in each try. */
function losing(...ms: readonly number[]) {
  let lost = 0;
  const patience = new SharedPatience(() => []);
  Object.defineProperty(patience, "lost", { get: () => lost });
  const lose = (time: number) => lost += ms[times.push(time) - 1] ?? 0;
  const times: number[] = [];
  return { script: { patience, programs: [], actors: [] }, times, lose };
}

/** Tries with 100 and then with 400 ms. @returns The times that were tried. */
async function tried(
  { lost, fails = [], ...options }:
    & { lost: readonly number[]; fails?: readonly number[] }
    & Partial<MoreTime>,
): Promise<number[]> {
  const { script, times, lose } = losing(...lost);
  await withMoreTime(script, { times: [100, 400], ...options }, (ms) => {
    lose(ms);
    if (!fails.includes(ms)) return Promise.resolve();
    return Promise.reject(new Failure(`not in ${ms} ms`));
  });
  return times;
}

Deno.test("what a machine that keeps up shows counts at once", async () => {
  assertEquals(await tried({ lost: [49] }), [100]);
  await assertRejects(
    () => tried({ lost: [49], fails: [100] }),
    Failure,
    "not in 100 ms",
  );
});

Deno.test("what a late machine shows does not count, the last time excepted", async () => {
  assertEquals(await tried({ lost: [50, 0] }), [100, 400]);
  assertEquals(await tried({ lost: [50, 9999] }), [100, 400]);
  assertEquals(await tried({ lost: [50, 0], fails: [100] }), [100, 400]);
  await assertRejects(
    () => tried({ lost: [50, 9999], fails: [100, 400] }),
    Failure,
    "not in 400 ms",
  );
});

Deno.test("where late programs fail only, who passes is believed", async () => {
  const isPassSure = true;
  assertEquals(await tried({ lost: [50], isPassSure }), [100]);
  assertEquals(await tried({ lost: [50], fails: [100], isPassSure }), [
    ...[100, 400],
  ]);
});

Deno.test("how late a machine may be is told in times of what is waited for", async () => {
  assertEquals(await tried({ lost: [199], slack: 2 }), [100]);
  assertEquals(await tried({ lost: [200], slack: 2 }), [100, 400]);
});

Deno.test("what is done again takes nothing of the exercise's time", async () => {
  const { script, times, lose } = losing(50, 50, 0);
  const exercise = new Exercise();
  exercise.add(script);
  const given: number[] = []; // beside what the machine lost
  const act = async (ms: number) => {
    const before = exercise.lost;
    const passes = async () => {
      while (times.length > 0 && exercise.lost < before + 5) {
        await firstOf(new Promise(() => {}), 1);
      }
    };
    await guard(byClock(10_000), passes());
    given.push(exercise.lost - before);
    lose(ms);
  };
  await withMoreTime(script, { times: [10, 20, 30] }, act);
  assertEquals(times, [10, 20, 30]);
  const [first = NaN, ...again] = given;
  assertEquals(first, 0);
  assertGreaterOrEqual(Math.min(...again), 5);
  const after = exercise.lost;
  assertGreaterOrEqual(after, 110);
  await firstOf(new Promise(() => {}), 1);
  assertEquals(exercise.lost, after); // it is over
});

Deno.test("any other error than a failure ends it", async () => {
  const { script } = losing(1000);
  const act = () => Promise.reject(new TypeError("ours"));
  await assertRejects(
    () => withMoreTime(script, { times: [100, 400] }, act),
    TypeError,
  );
});
