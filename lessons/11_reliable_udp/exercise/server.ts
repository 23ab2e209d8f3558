/**
 * Lesson 11, exercise "window", server.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=store --allow-write=store answers/11_reliable_udp/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";

const options = {
  port: 8011,
  flags: { dir: "FOLDER", timeout: "MS", tries: "N" },
} as const;

await runServer(options, async ({ address, flag, say }) => {
  const folder = flag("dir") ?? "store";
  const timeout = numberOf("timeout", flag("timeout") ?? "1000", {
    least: 50,
    most: 5000,
  });
  const tries = numberOf("tries", flag("tries") ?? "5", {
    least: 1,
    most: 100,
  });

  using door = new Mailbox(address);
  say.listening(door.socket);
  while (true) {
    const letter = await door.receive();
    if (!letter) continue;
    const { packet, from: client } = letter;

    // A transfer has a mailbox, and so a port, of its own.
    using mailbox = new Mailbox({ hostname: address.hostname });
    // TODO: the next request need not wait for the end of this one.
    // TODO: send the file's blocks, each for the first acknowledgement of the one before.
    // TODO: send a block again, `tries` times in all, after `timeout` ms, then twice as long.
    // TODO: then the other stages: put, options, window, time.
    const message = `TODO ${packet?.kind} ${folder} ${timeout} ${tries}`;
    await mailbox.send({ kind: "error", code: 0, message }, client);
  }
});
