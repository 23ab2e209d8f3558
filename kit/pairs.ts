/**
 * The pair matrix: an answer must not only talk to our scripts but to real
 * programs too, ours and its own.
 *
 * @module
 */
import { SIDES } from "@lessons/places.ts";
import type { Case } from "./case.ts";
import type { Script, Whose } from "./script.ts";

/**
 * One case for each pairing in which a program under test takes part.
 *
 * @param what What the pair does, for the names: `exchange a message and an answer`.
 * @param script The script; it is told whose server and whose client to start.
 */
export function pairMatrix(
  what: string,
  script: (
    script: Script,
    whose: { server: Whose; client: Whose },
  ) => Promise<void>,
): Case[] {
  const pairings: { server: Whose; client: Whose }[] = [
    { client: "your", server: "our" },
    { client: "our", server: "your" },
    { client: "your", server: "your" },
  ];
  return pairings.map((whose) => ({
    name: `${whose.client} client and ${whose.server} server ${what}`,
    role: "pair",
    tries: SIDES.filter((side) => whose[side] === "your"),
    isTwin: whose.client !== whose.server, // yours and yours is then ours and ours
    script: (s) => script(s, whose),
  }));
}
