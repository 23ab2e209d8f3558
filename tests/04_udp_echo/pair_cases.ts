/**
 * Lesson 04's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's client sends to the lesson's server without a reply",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startClient(server, ["--no-reply"]);
      await client.hears("hello");
      await client.hears("exit");
      await client.endsWell();
    },
  },
];

/** The lesson's pair, and the solution, with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python client gets the lesson's server's echoes",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.answers("hello", "hello");
      await client.answers("", "");
      await client.answers("你好", "你好");
      await client.answers("exit", "exit");
      await client.exits(0);
    },
  },
  {
    name: "lesson's client gets the classic Python server's echoes",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, []);
      await client.answers("hello", "hello");
      await client.answers("", "");
      await client.answers("你好", "你好");
      await client.answers("exit", "exit");
      await client.endsWell();
    },
  },
  {
    name: "classic Python client chats with the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ args: ["--chat"] });
      const client = await script.startPythonClient(server, "chat_client");
      await client.hears("hello");
      await server.hears("good day");
      await client.prints("good day");
      await client.hears("and now?");
      await server.hears("q");
      await client.exits(0);
      await server.hearsNoMore();
    },
  },
  {
    name: "lesson's client chats with the classic Python server",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("chat_server");
      const client = await script.startClient(server, []);
      await client.hears("hello");
      await server.prints("hello");
      await server.hears("good day");
      await client.prints("good day");
      await client.hears("and now?");
      await server.prints("and now?");
      await server.hears("q");
      await client.endsWell();
      await server.exits(0);
    },
  },
];
