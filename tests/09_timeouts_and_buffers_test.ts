/**
 * The check of lesson 09, "jobs".
 *
 * No verdict rests on something that took too long, but for the kit's own
 * patience: what is judged is what may not come sooner, and in which order
 * things come. A job of a minute stands for one that runs through the case.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./09_timeouts_and_buffers/client_cases.ts";
import { heartbeatCases } from "./09_timeouts_and_buffers/heartbeat_cases.ts";
import { limitCases } from "./09_timeouts_and_buffers/limit_cases.ts";
import { own, python } from "./09_timeouts_and_buffers/pair_cases.ts";
import { serverCases } from "./09_timeouts_and_buffers/server_cases.ts";

/** A busy machine's late answer is no time-out. */
const PATIENT = ["--timeout", "60000"];

/** The check of lesson 09. */
export const check: Check = {
  lesson: "09_timeouts_and_buffers",
  cases: byStage([
    ...serverCases,
    ...limitCases,
    ...clientCases,
    ...heartbeatCases,
    ...pairMatrix("do jobs", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, PATIENT, whose.client);
      await client.answers("20 hello", "HELLO");
      await client.answers("0 你好 baby", "你好 BABY");
      await client.answers("0 ", "");
      await client.hearsNoMore();
      await client.endsWell();
    }),
  ], stagesOf("09_timeouts_and_buffers")),
  own,
  python,
};

register(check, import.meta.url);
