/**
 * The check of lesson 05, "lines".
 *
 * Bytes are cut in every way here. Where a cut must be seen as a cut, the rest
 * is sent when the answer to what came before is back.
 *
 * @module
 */
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { clientCases } from "./05_sticky_packets/client_cases.ts";
import { ANSWERS, lines } from "./05_sticky_packets/lines.ts";
import { own, python } from "./05_sticky_packets/pair_cases.ts";
import { serverCases } from "./05_sticky_packets/server_cases.ts";

/** The check of lesson 05. */
export const check: Check = {
  lesson: "05_sticky_packets",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("exchange 200 lines", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, [], whose.client);
      await client.hearsMany(lines);
      await client.hearsNoMore();
      await client.printsAll(ANSWERS);
    }),
  ],
  own,
  python,
};

register(check, import.meta.url);
