/**
 * Lesson 03, exercise "never goes down", server.
 *
 *   deno run --allow-net=127.0.0.1 answers/03_connection_loop/server.ts
 */
import { runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";

await runServer(
  { port: 8003, flags: { backlog: "N" } },
  async ({ address, say }) => {
    // TODO: hand --backlog to the system: `flag("backlog")`, `numberOf` from program.ts, `tcpBacklog`.
    using listener = Deno.listen(address);
    say.listening(listener);

    // TODO: on Ctrl-C print the totals: `onCtrlC(() => …)` runs before the program ends.
    while (true) {
      using conn = await acceptNext(listener);
      say.connected(conn);

      // TODO: greet with `you are client #N`.
      // TODO: answer each message in capitals, and `stats` with the totals.
      // TODO: print `client #N left after M messages`, in whatever way it left.
      await conn.write(new TextEncoder().encode("TODO"));
    }
  },
);
