/**
 * The check of lesson 11, "window".
 *
 * Each case has a folder of its own, in which the programs run. The server's
 * files stand in `store/` there, a client's in `here/`.
 *
 * No verdict rests on an upper time. A program may send again whatever it has
 * sent, for its time may be up on a busy machine; how often it does so is only
 * counted where no machine could be the reason.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./11_reliable_udp/client_cases.ts";
import {
  files,
  holds,
  MEDIUM,
  own,
  python,
} from "./11_reliable_udp/pair_cases.ts";
import { putCases } from "./11_reliable_udp/put_cases.ts";
import { serverCases } from "./11_reliable_udp/server_cases.ts";

/**
 * The last acknowledgement of a put waits for the server's disk, which another
 * program may keep busy for longer than a short time-out, doubled four times.
 */
const PATIENT = ["--tries", "12"];

/** The check of lesson 11. */
export const check: Check = {
  lesson: "11_reliable_udp",
  limit: 60_000, // to count beyond 65535 takes some seconds, and each loss a time-out
  cases: byStage([
    ...serverCases,
    ...putCases,
    ...clientCases,
    ...pairMatrix("put and get a file", async (script, whose) => {
      await files(script, { "here/file": MEDIUM });
      const server = await script.startServer({ whose: whose.server });
      const run = async (...args: string[]) =>
        await script.startClient(server, [...args, ...PATIENT], whose.client);
      await (await run("put", "here/file", "other")).printsAll("40000 other");
      await (await run("get", "other", "here/again")).printsAll("40000 again");
      await holds(script, "here", { file: MEDIUM, again: MEDIUM });
      await holds(script, "store", { other: MEDIUM });
    }),
  ], stagesOf("11_reliable_udp")),
  own,
  python,
};

register(check, import.meta.url);
