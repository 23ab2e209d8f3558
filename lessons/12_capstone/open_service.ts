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
import { hiddenLine } from "./hidden_line.ts";
import { COST } from "./passwords.ts";
import { Service } from "./service.ts";
import { type Decide, SqliteStore } from "./sqlite_store.ts";
import type { Store } from "./store.ts";

/** The command line of a server, but for its port. */
export const serverOptions = {
  flags: { data: "FILE", admin: "NAME", cost: "N" },
} as const;

/** What a server of this lesson is handed. */
export type Context = ServerContext<keyof typeof serverOptions.flags>;

/**
 * Opens the service that the flags ask for, over the file that they name.
 *
 * @param decide What becomes of wishes.
 */
export async function openService(
  context: Pick<Context, "flag">,
  decide: Decide,
): Promise<Service> {
  const path = context.flag("data") ?? "school.db";
  return await openServiceOver(context, () => new SqliteStore(path, decide));
}

/**
 * Opens the service that the flags ask for.
 *
 * @param open Opens its store.
 */
export async function openServiceOver(
  { flag }: Pick<Context, "flag">,
  open: () => Store | Promise<Store>,
): Promise<Service> {
  const cost = numberOf("cost", flag("cost") ?? String(COST), {
    ...{ least: 2, most: 2 ** 20 },
  });
  if (!Number.isInteger(Math.log2(cost))) {
    throw new UsageError("--cost needs a power of two");
  }
  const service = new Service(await open(), cost);
  const admin = flag("admin");
  if (admin !== undefined) {
    const password = await passwordOf(admin);
    if (password !== undefined) await service.addAdmin(admin, password);
  }
  return service;
}

/** The first line of stdin; where that is a terminal, it does not show it. */
async function passwordOf(admin: string): Promise<string | undefined> {
  if (Deno.stdin.isTerminal()) return await hiddenLine(`password of ${admin}`);
  let first: string | undefined;
  for await (const line of typedLines()) {
    first = line;
    break;
  }
  return first;
}
