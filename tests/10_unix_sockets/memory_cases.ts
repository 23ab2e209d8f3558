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
import { anError } from "../08_concurrent_server/guests.ts";
import { rests, stays } from "../../kit/stays.ts";
import {
  leavesPath,
  oneByOne,
  readIsLine,
  SECOND_ANSWER,
  SEVERAL_ANSWERS,
  WHOLE_ANSWER,
} from "./misunderstandings.ts";
import { isGone } from "./places.ts";
import { pidOf } from "./pid.ts";

/** Lines that ask for nothing, where a name `a` is known. */
const BAD_LINES = [
  "",
  " ",
  "frobnicate",
  "set",
  "set a",
  "set a ",
  "set  b",
  "get",
  "get ",
  "get a ",
  "get  a",
  "list all",
  "LIST x y",
  "LIST",
  "list ",
  " list",
  "pid ",
  "stop it",
  "stop ",
  " stop",
  "STOP",
  "toString",
  "constructor",
  "__proto__",
];

/** So many clients are there at once. */
const CLIENTS = 5;

/** And so many more come and stay. */
const GUESTS = 45;

/** A value as long as a line lets it be, or nearly so. */
const LONG_VALUE = "0123456789".repeat(400);

/** Names whose list is more than the system has room for, twice. */
const LONG_NAMES = Array.from(
  { length: 200 },
  (_, i) => `${i}_${"name".repeat(600)}`,
);

/** Many clients connect, and each reads from the memory; they all stay. */
async function fill(script: Script, server: ServerActor): Promise<void> {
  await script.step(
    `${GUESTS} more clients connect, and each gets "ok from the first\\n" for "get a\\n"`,
    async () => {
      for (let i = 1; i <= GUESTS; i++) {
        const us = `number ${i} of the ${GUESTS}`;
        const guest = await script.connectQuietly(server, us);
        await guest.asks("get a\n", "ok from the first\n");
      }
    },
  );
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
    await client.asks("set shape  two  blanks 你好\u2028 \n", "ok\n");
    await client.asks("get shape\n", "ok  two  blanks 你好\u2028 \n");
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
    await client.asks("set blank  \n", "ok\n"); // a blank is a value
    await client.asks("get blank\n", "ok  \n");
    await client.asks("set zero 0\n", "ok\n");
    await client.asks("get zero\n", "ok 0\n");
    await client.asks(`set long ${LONG_VALUE}\n`, "ok\n");
    await client.asks("get long\n", `ok ${LONG_VALUE}\n`);
  }),
  serverCase("says which process it is", { guards: [6] }, async (met) => {
    await pidOf(met.server, met.client);
  }),
  serverCase("answers what it does not know with an error, and goes on", {
    guards: [7],
  }, async ({ client }) => {
    await client.asks("set a 1\n", "ok\n");
    for (const line of BAD_LINES) await client.asks(`${line}\n`, anError);
    await client.asks("get a\n", "ok 1\n");
    await client.asks("list\n", "ok a\n");
  }),
  serverCase("puts lines together that come in pieces", {
    guards: [2],
    known: [readIsLine, untilTheEnd],
  }, async ({ script, server, client }) => {
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
    const brief = await script.connect(server, { us: "a client in a hurry" });
    await brief.asks(
      "get a\nget b\nget whole\n",
      "ok 你好\nok 2\nok of one piece\n",
      halfClose(),
    );
  }),
  serverCase("sends all of a long list, to one who reads late, too", {
    guards: [2, 5],
  }, async ({ server, client }) => {
    await client.exchanges(
      LONG_NAMES.map((name) => `set ${name} x\n`).join(""),
      "ok\n".repeat(LONG_NAMES.length),
    );
    await client.sends("list\nget a\nlist\n");
    await rests(server);
    const list = `ok ${LONG_NAMES.join(" ")}\n`;
    await client.gets(`${list}error: no such name\n${list}`);
  }),
  caseOf("server", "serves clients at the same time, from one memory", {
    guards: [2, 8],
    known: [oneByOne],
  }, async (script) => {
    const server = await script.startServer();
    const first = await script.connect(server, { us: "client 1" });
    await first.asks("set a from the first\n", "ok\n");
    await first.sends("set half");
    const second = await script.connect(server, { us: "client 2" });
    await second.asks("get a\n", SECOND_ANSWER);
    const others = [second];
    for (let i = 3; i <= CLIENTS; i++) {
      others.push(await script.connect(server, { us: `client ${i}` }));
    }
    for (const client of others.toReversed()) {
      await client.asks("get a\n", "ok from the first\n");
      await client.asks(`set b ${client.us}\n`, "ok\n");
    }
    await first.asks(" a line\n", "ok\n");
    await first.asks("get b\n", "ok client 2\n");
    await first.asks("list\n", "ok a b half\n");
    await fill(script, server);
  }),
  caseOf("server", "serves the others while a client does not read", {
    guards: [8, 11],
  }, async (script) => {
    const server = await script.startServer();
    const deaf = await script.connect(server, {
      us: "a client that does not read",
    });
    deaf.mayGetMore = true;
    await deaf.asks(`set a ${LONG_VALUE}\n`, "ok\n");
    await deaf.sends("get a\n".repeat(1000)); // 4 MB of answers
    await rests(server);
    const client = await script.connect(server);
    await client.asks("set b 2\nget b\n", "ok\nok 2\n");
    await client.asks("stop\n", "ok\n");
    await server.exits(0);
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
    const endless = await script.connect(server, {
      us: "a client with a line of 5000 bytes",
    });
    await endless.offers("x".repeat(5000));
    await stays(server, "until somebody says a whole stop");
    await endless.does(hangUp());
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
    await client.asks("get a\n", "ok 1\n");
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
    guards: [1, 11, 13],
    known: [leavesPath],
  }, async (script) => {
    for (let i = 0; i < 2; i++) {
      const server = await script.startServer();
      const client = await script.connect(server);
      await client.asks("list\n", "ok\n");
      client.mayGetMore = true; // what stands behind stop may be answered or not
      await client.asks("set a 1\nstop\nlist\n", "ok\nok\n");
      await server.exits(0);
    }
  }),
];
