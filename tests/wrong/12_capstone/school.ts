/**
 * What the wrong answers share: a server over a store of their own, and a
 * client over their own way to ask; nothing is wrong with that.
 *
 * @module
 */
import { runClient, runServer, typedLines } from "@lessons/program.ts";
import { serverOptions } from "@lessons/12_capstone/open_service.ts";
import {
  clientOptions,
  type Errand,
  runCommands,
} from "@lessons/12_capstone/run_client.ts";
import { serveRequests } from "@lessons/12_capstone/serve_requests.ts";
import { Service } from "@lessons/12_capstone/service.ts";
import { SqliteStore } from "@lessons/12_capstone/sqlite_store.ts";
import type { Store } from "@lessons/12_capstone/store.ts";
import { decide } from "../../../solutions/12_capstone/decide.ts";

/** Serves clients from a store. @param open Opens it. */
export async function openSchool(open: (path: string) => Store): Promise<void> {
  await runServer(
    { port: 8012, ...serverOptions },
    async ({ address, flag, say }) => {
      const service = new Service(
        open(flag("data") ?? "school.db"),
        Number(flag("cost") ?? 16_384),
      );
      const admin = flag("admin");
      if (admin !== undefined) {
        for await (const password of typedLines()) {
          await service.addAdmin(admin, password);
          break;
        }
      }
      using listener = Deno.listen(address);
      say.listening(listener);
      while (true) {
        const conn = await listener.accept();
        say.connected(conn);
        serveRequests(conn, service)
          .catch((error) => console.log(String(error)))
          .finally(() => conn[Symbol.dispose]());
      }
    },
  );
}

/** The right store. */
export function rightStore(path: string): SqliteStore {
  return new SqliteStore(path, decide);
}

/** Runs commands. @param ask Sees a wish through. */
export async function openClient(
  ask: (errand: Errand) => Promise<unknown>,
): Promise<void> {
  await runClient({ port: 8012, ...clientOptions }, async (context) => {
    await runCommands(context, ask);
  });
}
