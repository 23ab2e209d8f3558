/**
 * What every server of this lesson declares and opens, but for its listener.
 *
 * @module
 */
import {
  numberOf,
  type ServerContext,
  typedLines,
  UsageError,
} from "@lessons/program.ts";
import { COST } from "./passwords.ts";
import { Service } from "./service.ts";
import { type Decide, SqliteStore } from "./sqlite_store.ts";

/** The command line of a server, but for its port. */
export const serverOptions = {
  flags: { data: "FILE", admin: "NAME", cost: "N" },
} as const;

/** What a server of this lesson is handed. */
export type Context = ServerContext<keyof typeof serverOptions.flags>;

/**
 * Opens the service that the flags ask for.
 *
 * @param decide What becomes of wishes.
 */
export async function openService(
  { flag }: Pick<Context, "flag">,
  decide: Decide,
): Promise<Service> {
  const cost = numberOf("cost", flag("cost") ?? String(COST), {
    ...{ least: 2, most: 2 ** 20 },
  });
  if (!Number.isInteger(Math.log2(cost))) {
    throw new UsageError("--cost needs a power of two");
  }
  const store = new SqliteStore(flag("data") ?? "school.db", decide);
  const service = new Service(store, cost);
  const admin = flag("admin");
  if (admin !== undefined) {
    for await (const password of typedLines(`password of ${admin}: `)) {
      await service.addAdmin(admin, password);
      break;
    }
  }
  return service;
}
