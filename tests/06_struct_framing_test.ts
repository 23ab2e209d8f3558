/**
 * The check of lesson 06, "small RPC".
 *
 * JSON has many spellings: the order of keys, white space, escapes. So replies
 * and requests are compared as values, whatever their bytes are; an `error` may
 * have any words. Frames are compared by what they hold, not by how many writes
 * they came in.
 *
 * As in lesson 05, where a cut must be seen as a cut, the rest is sent when the
 * reply to what came before is back.
 *
 * @module
 */
import type { Check } from "../kit/case.ts";
import { json } from "../kit/expectations/json.ts";
import { jsonLines } from "../kit/expectations/output.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { clientCases } from "./06_struct_framing/client_cases.ts";
import { own, python } from "./06_struct_framing/pair_cases.ts";
import { serverCases } from "./06_struct_framing/server_cases.ts";

/** The check of lesson 06. */
export const check: Check = {
  lesson: "06_struct_framing",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("exchange 200 requests", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, ["-"], whose.client);
      const requests = Array.from({ length: 200 }, (_, i) => `${i} 你好 abc`);
      await client.hearsMany(
        requests.map((text) => JSON.stringify({ op: "upper", text })),
      );
      await client.hearsNoMore();
      await client.printsAll(
        jsonLines(...requests.map((text) => json({ ok: text.toUpperCase() }))),
      );
    }),
  ],
  own,
  python,
};

register(check, import.meta.url);
