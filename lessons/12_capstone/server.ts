/**
 * Lesson 12, server: a course selection, but for the selecting.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=school.db --allow-write=school.db lessons/12_capstone/server.ts
 */
import { formatAddress, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { serveClient } from "@lessons/06_struct_framing/serve_client.ts";
import { openService, serverOptions } from "./open_service.ts";
import { serveRequests } from "./serve_requests.ts";

await runServer({ port: 8012, ...serverOptions }, async (context) => {
  const service = await openService(context, () => {
    return { reply: { error: "not yet: that is the exercise" } };
  });
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
