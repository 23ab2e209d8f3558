/**
 * The check of lesson 10, "one of a kind".
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import { type Case, type Check, WITH_SIGNALS } from "../kit/case.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import { clientCases } from "./10_unix_sockets/client_cases.ts";
import { memoryCases } from "./10_unix_sockets/memory_cases.ts";
import { own, python } from "./10_unix_sockets/pair_cases.ts";
import { pathCases } from "./10_unix_sockets/path_cases.ts";

/** Deno has Unix sockets where it has signals. */
function notOnWindows(cases: readonly Case[]): Case[] {
  return cases.map((aCase) => ({ only: WITH_SIGNALS, ...aCase }));
}

/** The check of lesson 10. */
export const check: Check = {
  lesson: "10_unix_sockets",
  cases: byStage(
    notOnWindows([
      ...memoryCases,
      ...pathCases,
      ...clientCases,
      ...pairMatrix("talk", async (script, whose) => {
        const server = await script.startServer({ whose: whose.server });
        const asks = async (printed: string, ...words: string[]) => {
          const client = await script.startClient(server, words, whose.client);
          await client.printsAll(printed);
        };
        await asks("", "set", "colour", "dark", "green");
        await asks("dark green", "get", "colour");
        await asks("colour", "list");
      }),
    ]),
    stagesOf("10_unix_sockets"),
  ),
  own: notOnWindows(own),
  python: notOnWindows(python),
};

register(check, import.meta.url);
