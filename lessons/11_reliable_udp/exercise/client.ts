/**
 * Lesson 11, exercise "window", client.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=. --allow-write=. answers/11_reliable_udp/client.ts get poem.txt
 */
import { numberOf, runClient, UsageError } from "@lessons/program.ts";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";

const options = {
  port: 8011,
  flags: { blksize: "N", windowsize: "N", timeout: "MS", tries: "N" },
  words: "get NAME [AS] | put FILE [AS]",
} as const;

await runClient(options, async ({ address, flag, words }) => {
  const [op, name, as, ...more] = words;
  if (op !== "get" && op !== "put" || name === undefined || more.length > 0) {
    throw new UsageError("say get NAME or put FILE");
  }
  const timeout = numberOf("timeout", flag("timeout") ?? "1000", {
    least: 50,
    most: 5000,
  });
  const tries = numberOf("tries", flag("tries") ?? "5", {
    least: 1,
    most: 100,
  });

  using mailbox = new Mailbox({ hostname: "127.0.0.1" });
  const server: Deno.NetAddr = { ...address, transport: "udp" };

  // TODO: ask, and learn from the first answer which port the transfer has.
  // TODO: acknowledge each block, keep the file when it is whole, and stay a little.
  // TODO: ask again after `timeout` ms, then twice as long, `tries` times in all.
  // TODO: then the other stages: put, options, window, time.
  const message = `TODO ${op} ${name} ${as} ${timeout} ${tries}`;
  await mailbox.send({ kind: "error", code: 0, message }, server);
});
