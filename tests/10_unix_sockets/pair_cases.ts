/**
 * Lesson 10's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { logs } from "../../kit/log.ts";
import { isGone } from "./places.ts";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name:
      "lesson's pair talks over a path, and the path is gone after a Ctrl-C",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startClient(server, []);
      await server.prints("connected (no address)");
      await client.answers("hello", "HELLO");
      await client.hears("q");
      await client.exits(0);
      await server.prints("client left");
      await server.getsCtrlC();
      await server.exits(0);
      await isGone(script);
    },
  },
  {
    name: "lesson's server outlives a client that leaves its answer",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const rude = await script.connect(server, { us: "a rude client" });
      await rude.sends("hello", hangUp());
      const client = await script.connect(server);
      await client.asks("hello", "HELLO");
      await client.does(hangUp());
      await logs(server, "client left");
    },
  },
];

/** The lesson's pair with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python AF_UNIX client talks to the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll("HELLO BABY");
    },
  },
  {
    name: "lesson's client talks to the classic Python AF_UNIX server",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, []);
      await client.answers("hello", "HELLO");
      await client.answers("baby", "BABY");
      await client.hears("q");
      await client.exits(0);
    },
  },
];
