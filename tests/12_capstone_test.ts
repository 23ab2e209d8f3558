/**
 * The check of lesson 12, "seats".
 *
 * Passwords have scrypt's smallest cost in it, by the server's own flag: what
 * is tried here is not how dear a guess is.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import type { Check } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./12_capstone/client_cases.ts";
import { own } from "./12_capstone/pair_cases.ts";
import { openSchoolOf } from "./12_capstone/school.ts";
import { serverCases } from "./12_capstone/server_cases.ts";
import { stormCases } from "./12_capstone/storm_cases.ts";

/** The check of lesson 12. */
export const check: Check = {
  lesson: "12_capstone",
  limit: 30_000, // 200 students, and 20 servers that start again
  cases: byStage([
    ...serverCases,
    ...stormCases,
    ...clientCases,
    ...pairMatrix("select and drop a course", async (script, whose) => {
      const { server } = await openSchoolOf(
        whose.server,
        script,
        { code: "NET", seats: 1, slots: ["mon-1"] },
      );
      const asks = async (printed: string, ...words: string[]) => {
        const args = ["--user", ...words];
        const client = await script.startClient(server, args, whose.client);
        await client.hears("correct horse");
        await client.printsAll(printed);
      };
      await asks("seated", "anna", "--signup", "select", "NET");
      await asks("waiting 1", "bob", "--signup", "select", "NET");
      await asks("dropped", "anna", "drop", "NET");
    }),
  ], stagesOf("12_capstone")),
  own,
  python: [],
};

register(check, import.meta.url);
