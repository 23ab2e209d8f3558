/**
 * Lesson 03's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";

/** The lesson's pair, and the solution, with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python looped clients talk to the lesson's server in turn",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      for (const text of ["hello", "你好 baby"]) {
        const client = await script.startPythonClient(server);
        await server.connectedFrom();
        await client.answers(text, text.toUpperCase());
        await client.hears("q");
        await client.exits(0);
        await server.prints("client left");
      }
    },
  },
  {
    name: "lesson's clients talk to the classic Python connection loop in turn",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      for (const text of ["hello", "你好 baby"]) {
        const client = await script.startClient(server, []);
        await client.answers(text, text.toUpperCase());
        await client.hears("q");
        await client.endsWell();
      }
    },
  },
  {
    name: "solution's clients talk to a classic Python server that greets",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("greeting_server");
      for (const number of [1, 2]) {
        const client = await script.startClient(server, [], "our");
        await client.prints(`you are client #${number}`);
        await client.answers("hello", "HELLO");
        await client.hears("q");
        await client.endsWell();
      }
    },
  },
  {
    name: "classic Python client that waits for a greeting gets the solution's",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ whose: "our" });
      const client = await script.startPythonClient(server, "greeted_client");
      await server.connectedFrom();
      await client.printsLines("you are client #1", "HELLO");
      await client.exits(0);
      await server.prints("client #1 left after 1 messages");
    },
  },
];
