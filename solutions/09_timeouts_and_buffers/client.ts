/**
 * Lesson 09, solution, client: ask for jobs, with a time for each, and try again where that helps.
 *
 *   deno run --allow-net=127.0.0.1 solutions/09_timeouts_and_buffers/client.ts
 */
import { numberOf, runClient, typedLines } from "@lessons/program.ts";
import { Asker, NoAnswerError } from "./asker.ts";

const options = {
  port: 8009,
  flags: { timeout: "MS", tries: "N", heartbeat: "MS" },
} as const;

await runClient(options, async ({ address, flag }) => {
  const time = { least: 1, most: 3_600_000 };
  const heartbeat = flag("heartbeat");
  const asker = new Asker(address, {
    timeout: numberOf("timeout", flag("timeout") ?? "1000", time),
    tries: numberOf("tries", flag("tries") ?? "3", { least: 1, most: 100 }),
    heartbeat: heartbeat === undefined
      ? 0
      : numberOf("heartbeat", heartbeat, time),
  });

  let number = 0;
  let hasFailed = false;
  for await (const line of typedLines()) {
    number++;
    try {
      console.log(await asker.ask(number, line));
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      console.error(`error: ${error.message}`);
      hasFailed = true;
    }
  }
  asker.close();
  if (hasFailed) Deno.exit(1);
});
