/**
 * Lesson 05, experiment: how many reads will three writes become? Guess, and
 * see what a few hundred real runs say.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=lessons/05_sticky_packets lessons/05_sticky_packets/experiment.ts
 */
import { numberOf, runClient, UsageError } from "@lessons/program.ts";

const TRIALS = 100;
const WRITES = 3;
const WIDTH = 50; // of the longest bar, in characters

/** How the writer writes. */
const settings = [
  { name: "no pause", noDelay: false, pauseMs: 0 },
  { name: "no pause, setNoDelay(true)", noDelay: true, pauseMs: 0 },
  { name: "a pause of 5 ms", noDelay: false, pauseMs: 5 },
  { name: "a pause of 5 ms, setNoDelay(true)", noDelay: true, pauseMs: 5 },
];

await runClient({ port: 8005, flags: { guess: "N" } }, async ({ flag }) => {
  const text = flag("guess") ?? ask();
  const guess = numberOf("guess", text, { least: 1, most: WRITES });

  // The reader is a thread of its own: it reads as fast as it can, beside us.
  const reader = new Worker(new URL("experiment_reader.ts", import.meta.url), {
    type: "module",
  });
  const port = await nextMessage(reader);

  let hits = 0;
  for (const { name, noDelay, pauseMs } of settings) {
    const counts = [0, 0, 0];
    for (let trial = 0; trial < TRIALS; trial++) {
      const told = nextMessage(reader);
      using conn = await Deno.connect({ port });
      conn.setNoDelay(noDelay);
      for (let write = 0; write < WRITES; write++) {
        if (write > 0 && pauseMs > 0) await pause(pauseMs);
        await conn.write(new TextEncoder().encode("aaa"));
      }
      await conn.closeWrite();
      const reads = await told;
      counts[reads - 1] = (counts[reads - 1] ?? 0) + 1;
      if (reads === guess) hits++;
    }
    console.log(`${WRITES} writes, ${name}:`);
    for (const [i, count] of counts.entries()) {
      const bar = "█".repeat(Math.ceil((count / TRIALS) * WIDTH));
      console.log(`  ${i + 1} ${i === 0 ? "read " : "reads"} ${bar} ${count}`);
    }
  }
  const all = TRIALS * settings.length;
  console.log(`your guess, ${guess}, was right ${hits} times in ${all}`);
  reader.terminate();
});

/** Asks for a guess where there is somebody to ask. */
function ask(): string {
  if (!Deno.stdin.isTerminal()) {
    throw new UsageError("nobody is here to ask: use --guess");
  }
  return prompt(`${WRITES} writes become how many reads?`) ?? "";
}

/** The next number that the reader tells: its port, and then the reads of each connection. */
async function nextMessage(reader: Worker): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  reader.onmessage = ({ data }) => resolve(Number(data));
  reader.onerror = (event) => {
    event.preventDefault(); // else the error ends the program without a word of ours
    reject(new Error(event.message));
  };
  return await promise;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
