/**
 * What the server remembers and answers, and how it ends: stages 1 and 2.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { toBytes } from "../../kit/bytes.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { untilTheEnd } from "../../kit/common.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { anError } from "../08_concurrent_server/guests.ts";
import { rests, stays } from "../../kit/stays.ts";
import {
  leavesPath,
  oneByOne,
  readIsLine,
  SEVERAL_ANSWERS,
  WHOLE_ANSWER,
} from "./misunderstandings.ts";
import { isGone } from "./places.ts";
import { pidOf } from "./pid.ts";

/** Lines that ask for nothing. */
const BAD_LINES = [
  "",
  "frobnicate",
  "set",
  "set a",
  "set a ",
  "get",
  "list all",
  "LIST x y",
];

/** So many clients are there at once. */
const CLIENTS = 5;

async function clientsOf(
  script: Script,
  server: ServerActor,
): Promise<TcpPeer[]> {
  const clients: TcpPeer[] = [];
  for (let i = 1; i <= CLIENTS; i++) {
    clients.push(await script.connect(server, { us: `client ${i}` }));
  }
  return clients;
}

/** The cases of stages 1 and 2. */
export const memoryCases: readonly Case[] = [
  serverCase("keeps names and values", {
    guards: [1, 3, 4, 5],
    known: [untilTheEnd],
  }, async ({ client }) => {
    await client.asks("list\n", "ok\n");
    await client.asks("set colour green\n", "ok\n");
    await client.asks("get colour\n", "ok green\n");
    await client.asks("get shape\n", "error: no such name\n");
    await client.asks("set shape  two  blanks 你好 \n", "ok\n");
    await client.asks("get shape\n", "ok  two  blanks 你好 \n");
    await client.asks("set a 1\n", "ok\n");
    await client.asks("set colour red\n", "ok\n");
    await client.asks("get colour\n", "ok red\n");
    await client.asks("get colour red\n", anError);
    await client.asks("list\n", "ok colour shape a\n");
    await client.asks("set A 2\n", "ok\n");
    await client.asks("get a\n", "ok 1\n");
    await client.asks("set 10 ten\n", "ok\n");
    await client.asks("set 9 nine\n", "ok\n");
    await client.asks("list\n", "ok colour shape a A 10 9\n");
    await client.asks("set constructor x\n", "ok\n");
    await client.asks("get __proto__\n", "error: no such name\n");
    await client.asks("get toString\n", "error: no such name\n");
  }),
  serverCase("says which process it is", { guards: [6] }, async (met) => {
    await pidOf(met.server, met.client);
  }),
  serverCase("answers what it does not know with an error, and goes on", {
    guards: [7],
  }, async ({ client }) => {
    for (const line of BAD_LINES) await client.asks(`${line}\n`, anError);
    await client.asks("list\n", "ok\n");
  }),
  serverCase("puts lines together that come in pieces", {
    guards: [2],
    known: [readIsLine, untilTheEnd],
  }, async ({ server, client }) => {
    await client.asks("set whole of one piece\n", "ok\n");
    await client.asks("get whole\n", WHOLE_ANSWER);
    await client.sends("get who");
    await rests(server);
    await client.asks("le\n", WHOLE_ANSWER);
    await client.asks("set a 1\nset b 2\nlist\nget a\n", SEVERAL_ANSWERS);
    const encoded = toBytes("set a 你好\n");
    await client.sends(encoded.subarray(0, 7)); // the first byte of three
    await rests(server);
    await client.asks(encoded.subarray(7), "ok\n");
    await client.asks("get a\n", "ok 你好\n");
    const lines = Array.from(
      { length: 2 * EVERY_SIZE.length },
      (_, i) => `set n${i % 7} ${i} 你好${" and so on".repeat(i % 5)}`,
    );
    await client.exchanges(
      lines.map((line) => `${line}\n`).join(""),
      "ok\n".repeat(lines.length),
      chop(...EVERY_SIZE),
    );
    const last = lines.findLast((line) => line.startsWith("set n3 ")) ?? "";
    await client.asks("get n3\n", `ok ${last.slice("set n3 ".length)}\n`);
  }),
  caseOf("server", "serves clients at the same time, from one memory", {
    guards: [2, 8],
    known: [oneByOne],
  }, async (script) => {
    const server = await script.startServer();
    const clients = await clientsOf(script, server);
    const [first, ...others] = clients;
    if (!first) return;
    await first.asks("set a from the first\n", "ok\n");
    await first.sends("set half");
    for (const client of others.toReversed()) {
      await client.asks("get a\n", "ok from the first\n");
      await client.asks(`set b ${client.us}\n`, "ok\n");
    }
    await first.asks(" a line\n", "ok\n");
    await first.asks("get b\n", "ok client 2\n");
    await first.asks("list\n", "ok a b half\n");
    const late = await script.connect(server, { us: "a late client" });
    await late.asks("get a\n", "ok from the first\n");
  }),
  caseOf("server", "outlives clients that break off", {
    guards: [9, 10],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await script.connect(server, { us: "a client that stays" });
    await anna.asks("set a 1\n", "ok\n");
    for (const line of ["", "set a 2", "stop"]) {
      const leaver = await script.connect(server, { us: "another client" });
      await leaver.sends(line, line === "" ? hangUp() : halfClose());
      if (line !== "") await leaver.does(hangUp());
      await stays(server, "until somebody says a whole stop");
    }
    const rude = await script.connect(server, { us: "a rude client" });
    await rude.sends("get a\n".repeat(2000), hangUp()); // the answers find nobody
    await anna.asks("get a\n", "ok 1\n");
    const late = await script.connect(server, { us: "a late client" });
    await late.asks("list\n", "ok a\n");
  }),
  caseOf("server", "ends when a client says stop, and its path is gone", {
    guards: [11, 13],
    known: [leavesPath],
  }, async (script) => {
    const server = await script.startServer();
    const other = await script.connect(server, { us: "another client" });
    await other.asks("set a 1\n", "ok\n");
    other.mayGetMore = true;
    const client = await script.connect(server);
    await client.asks("stop\n", "ok\n");
    await server.exits(0);
    await isGone(script);
  }),
  caseOf("server", "ends with a Ctrl-C, and its path is gone", {
    guards: [12, 13],
    known: [leavesPath],
    only: WITH_SIGNALS,
  }, async (script) => {
    for (const isTalking of [false, true]) {
      const server = await script.startServer();
      if (isTalking) {
        const client = await script.connect(server);
        await client.asks("set a 1\n", "ok\n");
        client.mayGetMore = true;
      }
      await server.getsCtrlC();
      await server.exits(0);
      await isGone(script);
    }
  }),
  caseOf("server", "begins anew at the same path", {
    guards: [1, 13],
    known: [leavesPath],
  }, async (script) => {
    for (let i = 0; i < 2; i++) {
      const server = await script.startServer();
      const client = await script.connect(server);
      await client.asks("list\n", "ok\n");
      await client.asks("set a 1\n", "ok\n");
      await client.asks("stop\n", "ok\n");
      await server.exits(0);
    }
  }),
];
