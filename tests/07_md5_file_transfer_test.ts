/**
 * The check of lesson 07, "store".
 *
 * Each case has a folder of its own, in which the programs run. The server's
 * files stand in `store/` there, a client's in the folder itself.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./07_md5_file_transfer/client_cases.ts";
import { damageCases } from "./07_md5_file_transfer/damage_cases.ts";
import { files, holds } from "./07_md5_file_transfer/files.ts";
import { HELLO, lineFor, MEDIUM } from "./07_md5_file_transfer/messages.ts";
import { own, python } from "./07_md5_file_transfer/pair_cases.ts";
import { serverCases } from "./07_md5_file_transfer/server_cases.ts";

/** The check of lesson 07. */
export const check: Check = {
  lesson: "07_md5_file_transfer",
  cases: byStage([
    ...serverCases,
    ...damageCases,
    ...clientCases,
    ...pairMatrix("put, list and get files", async (script, whose) => {
      await files(script, { "here/a": HELLO, "here/large": MEDIUM });
      const server = await script.startServer({ whose: whose.server });
      const run = async (...args: string[]) =>
        await script.startClient(server, args, whose.client);
      await (await run("put", "here/large", "中文 1")).printsAll(
        lineFor("中文 1", MEDIUM),
      );
      await (await run("list")).printsAll(`${MEDIUM.length} 中文 1`);
      await (await run("get", "中文 1", "here/a")).printsAll(
        lineFor("a", MEDIUM),
      );
      await holds(script, "here", { a: MEDIUM, large: MEDIUM });
      await holds(script, "store", { "中文 1": MEDIUM });
    }),
  ], stagesOf("07_md5_file_transfer")),
  own,
  python,
};

register(check, import.meta.url);
