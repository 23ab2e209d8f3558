/**
 * Lesson 05's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";

/** A run of the lesson's own pair: the server looks up when the client has left. */
function pairRuns(mode: string, ...reads: string[]): Case {
  return {
    name: `lesson's pair in mode ${mode} reads ${reads.join(", ")}`,
    role: "pair",
    async script(script) {
      const args = ["--mode", mode];
      const server = await script.startServer({ args });
      const client = await script.startClient(server, args);
      await client.endsWell();
      await server.hears("");
      await server.connectedFrom();
      for (const text of reads) {
        await server.prints(`read gave ${text.length} bytes: ${text}`);
      }
      await server.endsWell();
    },
  };
}

/** The lesson's own pair at work. */
export const own: Case[] = [
  pairRuns("glue", "aaaaaaaaa"),
  pairRuns("leftover", "hello ba", "bybye"),
  pairRuns("fixed", "aaa", "aaa", "aaa"),
];

/** The lesson's pair, and the solution, with classic Python programs. */
export const python: Case[] = [
  {
    name:
      "classic Python client's three sends are one read of the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.exits(0);
      await server.hears("");
      await server.connectedFrom();
      await server.prints("read gave 9 bytes: aaaaaaaaa");
      await server.endsWell();
    },
  },
  {
    name:
      "lesson's client's three writes are one recv of the classic Python server",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, []);
      await client.endsWell();
      await server.answers("", "recv gave 9 bytes: aaaaaaaaa");
      await server.exits(0);
    },
  },
  {
    name:
      "classic Python client that reads lines talks to the solution's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ whose: "our" });
      const client = await script.startPythonClient(server, "line_client");
      await client.printsAll("ONE\n\n你好");
    },
  },
  {
    name:
      "solution's client talks to the classic Python server that reads lines",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("line_server");
      const client = await script.startClient(server, [], "our");
      await client.hearsMany(["one", "", "你好"]);
      await client.hearsNoMore();
      await client.printsAll("ONE\n\n你好");
    },
  },
];
