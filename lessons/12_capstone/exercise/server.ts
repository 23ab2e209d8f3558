/**
 * Lesson 12, exercise "seats", server.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=school.db --allow-write=school.db answers/12_capstone/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import {
  openService,
  serverOptions,
} from "@lessons/12_capstone/open_service.ts";
import { serveRequests } from "@lessons/12_capstone/serve_requests.ts";
import type { Database } from "@lessons/12_capstone/sqlite_store.ts";
import type { Decision, Wish } from "@lessons/12_capstone/store.ts";

await runServer({ port: 8012, ...serverOptions }, async (context) => {
  const service = await openService(context, decide);
  using listener = Deno.listen(context.address);
  context.say.listening(listener);

  while (true) {
    const conn = await acceptNext(listener);
    context.say.connected(conn);
    // Not awaited: the next client need not wait.
    serveClient(conn, async () => {
      await serveRequests(conn, service);
      console.log(`left ${formatAddress(conn.remoteAddr)}`);
    });
  }
});

/** Decides about a wish. It runs inside a transaction: all of it is done or nothing. */
function decide(db: Database, { op, course }: Wish): Decision {
  // TODO: a request that comes again gets the reply that it got; the table `replies` is there for it.
  // TODO: the selection may be closed, and the course may not be there.
  // TODO: `select`: a free row of `seats`, and the course's `hours`; else a row of `waiting`.
  // TODO: `drop`: the seat, its hours, and whoever moves up (`promoted`).
  const row = db.row("SELECT title FROM courses WHERE code = ?", course);
  return { reply: { error: `not yet: ${op} ${row?.title}` } };
}
