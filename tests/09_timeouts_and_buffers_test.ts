/**
 * The check of lesson 09, "TODO".
 *
 * @module
 */
import type { Check, Misunderstanding } from "../kit/case.ts";
import { clientCase, serverCase } from "../kit/cases.ts";
import { end } from "../kit/expectations/end.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";

const wholeBuffer: Misunderstanding = {
  says:
    "this is what a program does that decodes its whole buffer, not only the bytes that came",
  read: "Read the code",
  shows: ({ received }) => received.includes("\0"),
};

/** The check of lesson 09. */
export const check: Check = {
  lesson: "09_timeouts_and_buffers",
  cases: [
    serverCase("answers in capitals", {
      guards: [1],
      known: [wholeBuffer],
    }, async ({ server, client }) => {
      await server.connected(client);
      await client.asks("hello", "HELLO");
      await client.gets(end());
      await server.exits(0);
    }),
    clientCase("prints the answer", {
      guards: [2],
      args: ["hello"],
    }, async ({ client, conn }) => {
      await conn.gets("hello");
      await conn.sends("HELLO", hangUp());
      await client.printsAll("HELLO");
    }),
    ...pairMatrix("exchange a message and an answer", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, ["hello"], whose.client);
      await client.printsAll("HELLO");
      await server.exits(0);
    }),
  ],
  own: [],
  python: [],
};

register(check, import.meta.url);
