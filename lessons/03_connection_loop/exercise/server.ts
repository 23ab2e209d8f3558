/**
 * Lesson 03, exercise "never goes down", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/03_connection_loop/server.ts
 */
import { numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";

await runServer(
  { port: 8003, flags: { backlog: "N" } },
  async ({ address, flag, onCtrlC, say }) => {
    // TODO: stage 3: hand this number to the system: `tcpBacklog`.
    const backlog = numberOf("backlog", flag("backlog") ?? "511", {
      least: 1,
      most: 65535,
    });
    using listener = Deno.listen(address);
    say.listening(listener);

    // TODO: stage 2: print the totals there.
    onCtrlC(() => console.log(`TODO: a backlog of ${backlog}`));

    while (true) {
      using conn = await acceptNext(listener);
      say.connected(conn);

      // TODO: stage 1: greet with `you are client #N`.
      // TODO: stage 1: answer each message in capitals. Stage 2: and `stats` with the totals.
      // TODO: stage 1: print `client #N left after M messages`, in whatever way it left.
      await conn.write(new TextEncoder().encode("TODO"));
    }
  },
);
