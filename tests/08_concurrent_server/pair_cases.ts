/**
 * Lesson 08's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { logs, logsConnected } from "../../kit/log.ts";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's server answers two clients at once",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const anna = await script.startClient(server, ["anna"]);
      await anna.answers("hello", "HELLO");
      const bob = await script.startClient(server, ["bob"]);
      await bob.answers("hi", "HI");
      await anna.answers("", "");
      for (const client of [anna, bob]) {
        await client.hearsNoMore();
        await client.exits(0);
      }
    },
  },
  {
    name: "lesson's server answers one after the other with --one",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ args: ["--one"] });
      const first = await script.connect(server, { us: "the first" });
      await logsConnected(server, first);
      const second = await script.connect(server, { us: "the second" });
      await second.sends("hi\n");
      await first.asks("one\n", "ONE\n");
      await first.asks("two\n", "TWO\n");
      await first.wire.closeWrite();
      await logs(server, `left ${first.address}`);
      await logsConnected(server, second);
      await second.gets("HI\n");
    },
  },
];

/** The lesson's pair with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python socketserver client talks to the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll("Sent:     hello\nReceived: HELLO");
    },
  },
  {
    name: "classic Python ticker client talks to the lesson's server",
    role: "pair",
    async script(script) {
      const args = ["--ticker", "3", "--pause", "1"];
      const server = await script.startServer({ args });
      const client = await script.startPythonClient(server, "ticker_client");
      await client.printsAll("hello0\nhello1\nhello2");
    },
  },
  {
    name: "lesson's clients talk to the classic Python ThreadingTCPServer",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("threading_server");
      const anna = await script.startClient(server, ["anna"]);
      await anna.answers("hello", "HELLO");
      const bob = await script.startClient(server, ["bob"]);
      await bob.answers("hi", "HI");
      await anna.answers("bye", "BYE");
      await anna.hearsNoMore();
      await anna.exits(0);
    },
  },
];
