/**
 * Lesson 09, exercise "jobs", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/09_timeouts_and_buffers/client.ts
 */
import { numberOf, runClient, typedLines } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

const options = {
  port: 8009,
  flags: { timeout: "MS", tries: "N", heartbeat: "MS" },
} as const;

await runClient(options, async ({ address, flag }) => {
  const time = { least: 1, most: 3_600_000 };
  const heartbeat = flag("heartbeat");
  const _limits = {
    timeout: numberOf("timeout", flag("timeout") ?? "1000", time),
    tries: numberOf("tries", flag("tries") ?? "3", { least: 1, most: 100 }),
    heartbeat: heartbeat === undefined
      ? 0
      : numberOf("heartbeat", heartbeat, time),
  };

  using conn = await Deno.connect(address);
  let number = 0;
  for await (const line of typedLines()) {
    number++;
    // TODO: stage 3: send the line with its number, and wait for its answer (`readLines(conn, 200_000)`), but only for `timeout` (`within`).
    // TODO: stage 4: try again over a new connection (`connectWithin`) after a pause (`pauses`), and ping while you wait.
    // They come from "@lessons/09_timeouts_and_buffers/deadline.ts" and "@lessons/09_timeouts_and_buffers/pauses.ts".
    await writeAll(conn, new TextEncoder().encode(`TODO ${number} ${line}\n`));
    console.log("TODO");
  }
});
