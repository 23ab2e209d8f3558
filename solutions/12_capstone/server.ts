/**
 * Lesson 12, solution, server: a course selection in which nothing is sold twice.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=school.db --allow-write=school.db solutions/12_capstone/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import {
  openService,
  openServiceOver,
  serverOptions,
} from "@lessons/12_capstone/open_service.ts";
import { serveRequests } from "@lessons/12_capstone/serve_requests.ts";
import type { Store } from "@lessons/12_capstone/store.ts";
import { decide } from "./decide.ts";

const flags = { ...serverOptions.flags, database: "URL" } as const;

await runServer({ port: 8012, flags }, async (context) => {
  const url = context.flag("database");
  const service = url === undefined
    ? await openService(context, decide)
    : await openServiceOver(context, () => openDatabase(url));
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

/** A store on a server of its own. What it takes is loaded where it is asked for, and nowhere else. */
async function openDatabase(url: string): Promise<Store> {
  const { PostgresStore } = await import("./postgres_store.ts");
  return await PostgresStore.open(url);
}
