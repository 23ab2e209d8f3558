/**
 * The check of lesson 03, "never goes down".
 *
 * One read may be taken for one message here, as in lesson 02, so no two
 * messages ever travel together.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./03_connection_loop/client_cases.ts";
import { python } from "./03_connection_loop/pair_cases.ts";
import { serverCases } from "./03_connection_loop/server_cases.ts";

/** The check of lesson 03. */
export const check: Check = {
  lesson: "03_connection_loop",
  cases: byStage([
    ...serverCases,
    ...clientCases,
    ...pairMatrix("talk one after the other", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const first = await script.startClient(server, [], whose.client);
      await first.prints("you are client #1");
      const second = await script.startClient(server, [], whose.client);
      await first.answers("你好 baby", "你好 BABY");
      await first.hears("q");
      await first.endsWell();
      await second.prints("you are client #2");
      await second.answers("stats", "clients=2 messages=1 bytes=11");
      await second.hearsNoMore();
      await second.endsWell();
    }),
  ], stagesOf("03_connection_loop")),
  own: [],
  python,
};

register(check, import.meta.url);
