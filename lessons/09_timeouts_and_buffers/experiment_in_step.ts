/**
 * Lesson 09, experiment: fifty clients lose their server, and come back.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/experiment_in_step.ts
 */
import { pauses } from "./pauses.ts";

const CLIENTS = 50;
const TRIES = 4;

/** How long a bar's time is, in milliseconds, and how many there are. */
const SLOT_MS = 100;
const SLOTS = 8;

console.log("pauses of 100, 200 and 400 ms:");
draw(await arrivals(0));
console.log("the same, left to chance:");
draw(await arrivals(1));

/** A server turns fifty clients away until each has tried four times. @returns When they came. */
async function arrivals(jitter: number): Promise<number[]> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const start = performance.now();
  const came: number[] = [];
  const serving = (async () => {
    while (came.length < CLIENTS * TRIES) {
      using _conn = await listener.accept();
      came.push(performance.now() - start);
    }
  })();
  const clients = Array.from({ length: CLIENTS }, async (_, seed) => {
    const pause = pauses({ first: 100, most: 1000, jitter, seed });
    for (let tried = 1; tried <= TRIES; tried++) {
      using conn = await Deno.connect({ port: listener.addr.port });
      await conn.read(new Uint8Array(1)); // until it is turned away
      if (tried === TRIES) return;
      const ms = pause.next().value;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  });
  await Promise.all([serving, ...clients]);
  return came;
}

/** Draws how many came when. */
function draw(came: readonly number[]): void {
  for (let slot = 0; slot < SLOTS; slot++) {
    const count = came.filter((at) => Math.floor(at / SLOT_MS) === slot).length;
    const from = `${slot * SLOT_MS} ms`.padStart(7);
    const bar = "█".repeat(Math.ceil(count / 2)); // so that it fits into 80 columns
    console.log(`${from} ${bar}${bar && " "}${count}`);
  }
}
