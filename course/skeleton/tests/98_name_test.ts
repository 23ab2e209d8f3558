/**
 * The check of lesson 98, "TODO".
 *
 * @module
 */
import type { Check, Misunderstanding } from "../kit/case.ts";
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

/** The check of lesson 98. */
export const check: Check = {
  lesson: "98_name",
  cases: [
    {
      name: "server answers in capitals",
      role: "server",
      known: [wholeBuffer],
      async script(script) {
        const server = await script.startServer();
        const client = await script.connect(server);
        await server.connected(client);
        await client.sends("hello");
        await client.gets("HELLO");
        await client.gets(end());
        await server.exits(0);
      },
    },
    {
      name: "client prints the answer",
      role: "client",
      async script(script) {
        const server = await script.listen();
        const client = await script.startClient(server, ["hello"]);
        const conn = await client.connects(server);
        await conn.gets("hello");
        await conn.sends("HELLO", hangUp());
        await client.printsAll("HELLO");
      },
    },
    ...pairMatrix("exchange a message and an answer", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, ["hello"], whose.client);
      await client.printsAll("HELLO");
      await server.exits(0);
    }),
  ],
  interop: [],
};

register(check, import.meta.url);
