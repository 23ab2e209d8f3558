/**
 * Lesson 09's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's client gets its answers",
    role: "pair",
    async script(script) {
      const args = ["--think", "20"];
      const server = await script.startServer({ args });
      const client = await script.startClient(server, ["--timeout", "60000"]);
      await client.answers("hello", "HELLO");
      await client.answers("", "");
      await client.hearsNoMore();
      await client.exits(0);
    },
  },
  {
    name: "lesson's client says what it gave up on, and after how long",
    role: "pair",
    async script(script) {
      const args = ["--think", "60000"];
      const server = await script.startServer({ args });
      const client = await script.startClient(server, ["--timeout", "50"]);
      await client.hears("hello");
      const { hostname, port } = server.address;
      await client.gives(1, `${hostname}:${port}: no answer within 50 ms`);
    },
  },
];

/** The lesson's pair with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python client with settimeout talks to the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll("HELLO\nkeep-alive: True");
    },
  },
  {
    name: "classic Python client with settimeout gives up on a slow server",
    role: "pair",
    async script(script) {
      const args = ["--think", "60000"];
      const server = await script.startServer({ args });
      const client = await script.startPythonClient(server, "hasty_client");
      await client.printsAll("timed out");
    },
  },
  {
    name: "lesson's client gives up on a classic Python server that is busy",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, ["--timeout", "300"]);
      await client.answers("hello", "HELLO");
      await client.hears("wait");
      await client.gives(1, "no answer within 300 ms");
    },
  },
];
