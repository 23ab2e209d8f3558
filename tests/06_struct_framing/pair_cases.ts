/**
 * Lesson 06's own pair, alone and with classic Python programs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { end } from "../../kit/expectations/end.ts";
import { anyError, json } from "../../kit/expectations/json.ts";
import { jsonLines } from "../../kit/expectations/output.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { frame } from "../../kit/frames.ts";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's server says on one line what is wrong with a frame",
    role: "server",
    async script(script) {
      const server = await script.startServer();
      const says = [
        [frame("", -1), "frame of -1 bytes: 0 to 1048576 are allowed"],
        [
          frame("hello").subarray(0, 6),
          "the stream ended after 2 of 5 bytes of a frame's payload",
        ],
      ] as const;
      for (const [bytes, what] of says) {
        const client = await script.connect(server);
        await server.connected(client);
        await client.asks(bytes, end(), halfClose());
        await server.prints(`${client.address}: ${what}`);
      }
      const next = await script.connect(server);
      await server.connected(next);
      await next.asks(frame("still here"), frame("STILL HERE"));
    },
  },
];

/** The lesson's pair, and the solution, with classic Python programs. */
export const python: Case[] = [
  {
    name: "classic Python client with struct talks to the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll("HELLO\n\n你好 BABY");
      await server.connectedFrom();
      await server.prints("client left");
    },
  },
  {
    name: "lesson's client talks to the classic Python server with struct",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, []);
      await client.hearsMany(["hello", "", "你好 baby"]);
      await client.hearsNoMore();
      await client.printsAll("HELLO\n\n你好 BABY");
      await server.exits(0);
    },
  },
  {
    name: "Python client with struct and json talks to the solution's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer({ whose: "our" });
      const client = await script.startPythonClient(server, "rpc_client");
      await client.printsAll(
        "你好, BABY\n6.5\nababab\nerror\nerror\nAND ON",
      );
    },
  },
  {
    name: "solution's client talks to the Python server with struct and json",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer("rpc_server");
      const client = await script.startClient(server, ["-"], "our");
      await client.hearsMany([
        '{"op":"upper","text":"你好, baby"}',
        '{"op":"sum","numbers":[1,2,3.5]}',
        '{"op":"repeat","text":"ab","times":3}',
        '{"op":"shout"}',
      ]);
      await client.hearsNoMore();
      await client.printsAll(
        jsonLines(
          json({ ok: "你好, BABY" }),
          json({ ok: 6.5 }),
          json({ ok: "ababab" }),
          anyError,
        ),
        1,
      );
    },
  },
];
