/**
 * The check of lesson 08, "chat room".
 *
 * Guests say what they say when everybody has heard what came before, so each
 * knows what comes next. Where the order is the server's to choose, one guest's
 * order is compared with the others'.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { like } from "../kit/expectations/line.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./08_concurrent_server/client_cases.ts";
import { WELCOME } from "./08_concurrent_server/guests.ts";
import { limitCases } from "./08_concurrent_server/limit_cases.ts";
import { own, python } from "./08_concurrent_server/pair_cases.ts";
import { serverCases } from "./08_concurrent_server/server_cases.ts";

/** The check of lesson 08. */
export const check: Check = {
  lesson: "08_concurrent_server",
  cases: byStage([
    ...serverCases,
    ...limitCases,
    ...clientCases,
    ...pairMatrix("talk", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const welcome = WELCOME.trimEnd();
      const anna = await script.startClient(server, ["anna"], whose.client);
      await anna.prints(welcome);
      const nobody = /^\* in the room: ?$/;
      await anna.prints(like('"* in the room: "', nobody));
      const bob = await script.startClient(server, ["bob"], whose.client);
      await bob.printsLines(welcome, "* in the room: anna");
      await anna.prints("* bob has come");
      await anna.hears("hello");
      await bob.prints("[anna] hello");
      await bob.hears("你好");
      await anna.prints("[bob] 你好");
      await bob.hearsNoMore();
      await bob.endsWell();
      await anna.prints("* bob has left");
      await anna.hearsNoMore();
      await anna.endsWell();
    }),
  ], stagesOf("08_concurrent_server")),
  own,
  python,
};

register(check, import.meta.url);
