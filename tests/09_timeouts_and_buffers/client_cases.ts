/**
 * What the client does.
 *
 * @module
 */
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf, type MetClient } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { Failure } from "../../kit/failure.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { stall } from "../../kit/faults/stall.ts";
import { freePort } from "../../kit/free_port.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { hearsLast } from "../../kit/last_line.ts";
import { STEP_MS } from "../../kit/guard.ts";
import { withMoreTime } from "../../kit/more_time.ts";
import type { Script } from "../../kit/script.ts";
import type { ServerPeer } from "../../kit/server_peer.ts";
import { inParallel } from "../../kit/parallel.ts";
import {
  forgetsTimer,
  FORGOTTEN_MS,
  inStep,
  printsLate,
  racesRead,
  retriesAtOnce,
  retriesForEver,
  sendsAgain,
  waitsForEver,
} from "./misunderstandings.ts";
import { asked, at, noAnswer, PATIENT, withFullQueue } from "./asking.ts";
import {
  IN_STEP_MS,
  isInStep,
  isLongEnough,
  Lateness,
  LEAST,
  LOSSES,
  mustPause,
  PAUSES_MS,
  pausesOf,
  RIVALS,
  Rounds,
  toldMs,
} from "./pauses.ts";
import {
  asksNext,
  asksNothingYet,
  connects,
  givesUp,
  notBefore,
} from "./steps.ts";

/** How often it is measured again where this machine was too late for a measurement to mean anything. */
const MOST_ROUNDS = 12;

/** The time-out of who is told none. It is waited for, and in it a busy machine can still answer. */
const TIMEOUT_MS = 1000;

/** The cases of stages 3 and 4. */
export const clientCases: readonly Case[] = [
  caseOf("client", "sends each line with its number, and prints each answer", {
    guards: [1, 20, 26],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 hello");
    const { client } = met;
    let { conn } = met;
    await conn.sends("1 HELLO\n");
    await client.prints("HELLO");
    await client.hears("12  你好 ");
    conn = await asksNext(script, { ...met, conn }, "2 12  你好 \n");
    await conn.sends("2  你好 \n");
    await client.prints(" 你好 ");
    await client.hears("0 ");
    conn = await asksNext(script, { ...met, conn }, "3 0 \n");
    await conn.sends("3 \n");
    await client.prints("");
    await client.hears("0 error: x");
    conn = await asksNext(script, { ...met, conn }, "4 0 error: x\n");
    await conn.sends("4 ERROR: X\n");
    await client.prints("ERROR: X");
    await hearsLast(client, "no job");
    conn = await asksNext(script, { ...met, conn }, "5 no job\n");
    await conn.sends("5 error\n");
    await client.prints("error");
    await conn.gets(end());
    await conn.does(hangUp());
    await client.endsWell();
  }),
  caseOf("client", "sends a line when the one before it is answered", {
    guards: [21],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 a", "0 b");
    const { client, conn } = met;
    await asksNothingYet(script, met, "before it has its answer");
    await conn.sends("1 A\n");
    await client.prints("A");
    const next = await asksNext(script, met, "2 0 b\n");
    await next.sends("2 B\n");
    await client.prints("B");
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "puts an answer together that comes in parts", {
    guards: [3, 20],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 你好");
    const { client, conn } = met;
    await conn.sends("1 你好 YOU\n", cut(1), stall(1));
    await client.prints("你好 YOU");
    const long = "ΐ".repeat(20_000); // its capitals have three times the bytes
    await client.hears(`0 ${long}`);
    const next = await asksNext(script, met, `2 0 ${long}\n`);
    await next.sends(`2 ${long.toUpperCase()}\n`);
    await client.prints(long.toUpperCase());
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "throws away what is not its answer", {
    guards: [22],
    known: [printsLate],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 one", "0 two");
    const { client, conn } = met;
    await conn.sends("pong\nerror: what?\n1 ONE\n");
    await client.prints("ONE");
    const next = await asksNext(script, met, "2 0 two\n");
    await next.sends(
      "1 LATE\n22 NO\n2X NO\n02 NO\n2: NO\n1 error: late\n2 TWO\n3 SOON\n",
    );
    await client.prints("TWO");
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "tells the server's reason, and goes on", {
    guards: [23, 26],
  }, async (script) => {
    const met = await asked(script, PATIENT, "x", "0 b");
    const { client, conn } = met;
    await conn.sends("1 error: no such job: x\n");
    await client.notes("error: line 1: no such job: x");
    const next = await asksNext(script, met, "2 0 b\n");
    await next.sends("2 B\n");
    await client.prints("B");
    await client.hearsNoMore();
    await client.printsAll("B", 1);
  }),
  caseOf(
    "client",
    "gives a line up when its time is up, and gets the next one's answer",
    {
      guards: [22, 24, 25, 26],
      waits: true,
      known: [waitsForEver, sendsAgain, printsLate, racesRead],
    },
    async (script) => {
      const start = performance.now();
      const args = ["--timeout", String(TIMEOUT_MS)];
      const met = await asked(script, args, "0 a");
      const { client, server } = met;
      await client.notes(noAnswer(1, server, `within ${TIMEOUT_MS} ms`));
      await notBefore(script, TIMEOUT_MS, start, "that came");
      await client.hears("0 b");
      const next = await asksNext(script, met, "2 0 b\n");
      await next.sends("1 LATE\n2 B\n");
      await client.prints("B");
      await client.hearsNoMore();
      await client.printsAll("B", 1);
    },
  ),
  caseOf("client", "gives each line its own time", {
    guards: [24, 25],
    waits: true,
    known: [waitsForEver, sendsAgain],
  }, async (script) => {
    const met = await asked(script, [], "0 a"); // it is the time of who is told none
    const { client, server } = met;
    await client.notes(noAnswer(1, server, `within ${TIMEOUT_MS} ms`));
    const start = performance.now();
    await client.hears("0 b");
    const next = await asksNext(script, met, "2 0 b\n");
    await client.notes(noAnswer(2, server, `within ${TIMEOUT_MS} ms`));
    await notBefore(script, TIMEOUT_MS, start, "that came");
    await client.hearsNoMore();
    await client.printsAll("", 1);
    await next.gets(end());
  }),
  caseOf("client", "gives up on a server whose queue is full", {
    guards: [24],
    only: ["linux"], // elsewhere a queue is longer than one asks for
    waits: true,
  }, async (script) => {
    const server = await withFullQueue(script);
    const start = performance.now();
    const client = await script.startClient(server, ["--timeout", "200"]);
    await client.hears("0 a");
    await client.notes(noAnswer(1, server, "within 200 ms"));
    await notBefore(script, 200, start, "that came");
    await client.hearsNoMore();
    await client.printsAll("", 1);
  }),
  caseOf("client", "gives up on a server that stands still", {
    guards: [24, 26],
    only: WITH_SIGNALS,
    waits: true,
  }, async (script) => {
    const server = await script.startServer({ whose: "our" });
    const client = await script.startClient(server, ["--timeout", "300"]);
    await whileHeldUp(server, async () => {
      const start = performance.now();
      await client.hears("0 a");
      await client.notes(noAnswer(1, server, "within 300 ms"));
      await notBefore(script, 300, start, "that came");
      await client.hearsNoMore();
      await client.printsAll("", 1);
    });
  }),
  caseOf("client", "ends as soon as the last line is answered", {
    guards: [26],
    known: [forgetsTimer],
  }, async (script) => {
    const args = ["--timeout", String(FORGOTTEN_MS)];
    const { client, conn } = await asked(script, args, "0 a");
    await conn.sends("1 A\n");
    await client.prints("A");
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "takes no --timeout, --tries or --heartbeat out of range", {
    guards: [24, 27, 30],
  }, async (script) => {
    const server = await script.listen();
    server.mayBeCalled = true;
    const wrong = [
      ["--timeout", "0"],
      ["--tries", "0"],
      ["--tries", "101"],
      ["--heartbeat", "0"],
    ];
    for (const [flag = "", value = ""] of wrong) {
      const client = await script.startClient(server, [flag, value]);
      await client.gives(2, flag);
    }
  }),
  caseOf("client", "tries a line again when the connection ends", {
    guards: [27],
  }, async (script) => {
    const args = [...PATIENT, "--tries", "2"];
    const { client, server, conn } = await asked(script, args, "0 a");
    await conn.sends("1 half an ans", hangUp());
    const second = await client.connects(server);
    await second.gets("1 0 a\n");
    await second.sends("1 A\n");
    await client.prints("A");
    // A connection that has ended in between costs the next line no more than a try.
    await second.does(hangUp());
    await client.hears("0 b");
    const third = await client.connects(server);
    await third.gets("2 0 b\n");
    await third.sends("2 B\n");
    await client.prints("B");
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf(
    "client",
    "tries a line --tries times with growing pauses, and then the next",
    {
      guards: [26, 27, 28],
      waits: true,
      known: [retriesAtOnce, retriesForEver],
    },
    async (script) => {
      const args = [...PATIENT, "--tries", "4"];
      const met = await asked(script, args, "0 a");
      const { client, server } = met;
      let { conn } = met;
      const rounds = new Rounds();
      let line = 1;
      for (;; line++) {
        const pauses: number[] = [];
        using lateness = new Lateness();
        for (let tried = 1; tried <= 3; tried++) {
          const start = performance.now();
          await conn.does(hangUp());
          const next = await connects(met);
          pauses.push(next.at - start);
          conn = next.conn;
          await conn.gets(`${line} 0 a\n`);
        }
        rounds.add(pauses, lateness.most);
        if (rounds.isClear || line === MOST_ROUNDS) {
          await mustPause(script, client, rounds);
          break;
        }
        await conn.does(hangUp());
        await client.notes(noAnswer(line, server, "after 4 tries"));
        await client.hears("0 a");
        conn = await asksNext(script, { ...met, conn }, `${line + 1} 0 a\n`);
      }
      await conn.does(hangUp());
      await givesUp(
        script,
        client,
        server,
        noAnswer(line, server, "after 4 tries"),
      );
      await client.hears("0 b");
      const next = `${line + 1} 0 b\n`;
      const last = await asksNext(script, { ...met, conn }, next);
      await last.sends(`${line + 1} B\n`);
      await client.prints("B");
      await client.hearsNoMore();
      await client.printsAll("B", 1);
    },
  ),
  caseOf("client", "tries 3 times unless told otherwise", {
    guards: [27],
    waits: true,
    known: [retriesForEver],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 a");
    const { client, server } = met;
    let { conn } = met;
    for (let tries = 2; tries <= 3; tries++) {
      await conn.does(hangUp());
      conn = await client.connects(server);
      await conn.gets("1 0 a\n");
    }
    await conn.does(hangUp());
    await givesUp(script, client, server, noAnswer(1, server, "after 3 tries"));
  }),
  caseOf("client", "tries again where nothing listens, and after a reset", {
    guards: [27],
    waits: true,
  }, async (script) => {
    const nobody = at(freePort());
    const client = await script.startClient(nobody, [
      ...PATIENT,
      "--tries",
      "2",
    ]);
    const start = performance.now();
    await client.hears("0 a");
    await client.notes(noAnswer(1, nobody, "after 2 tries"));
    await notBefore(script, PAUSES_MS[0], start, "that came");
    await client.hearsNoMore();
    await client.printsAll("", 1);
    const server = await script.listen({ canReset: true });
    const args = [...PATIENT, "--tries", "1"];
    const other = await script.startClient(server, args);
    await other.hears("0 a");
    const conn = await other.connects(server);
    await conn.gets("1 0 a\n");
    await conn.does(reset());
    await other.hearsNoMore();
    await other.gives(1, "no answer to line 1 from ");
  }),
  caseOf("client", "stays within its time with all its tries", {
    guards: [24, 27, 28],
    waits: true,
  }, async (script) => {
    const times = [300, 2400];
    await withMoreTime(script, { times, isPassSure: true }, async (ms) => {
      script.patience.ms = Math.max(STEP_MS, 2 * ms);
      const server = await script.listen();
      server.mayBeCalled = true;
      const args = ["--timeout", `${ms}`, "--tries", "100"];
      const client = await script.startClient(server, args);
      const requests = await hangsUpOnAll(script, server);
      for (const [i, text] of ["0 a", "0 b"].entries()) {
        const start = performance.now();
        await client.hears(text);
        await client.notes(noAnswer(i + 1, server, `within ${ms} ms`));
        await notBefore(script, ms, start, "that came");
      }
      await script.step("it has sent the second line more than once", () => {
        const count = requests.filter((one) => one === "2 0 b\n").length;
        if (count > 1) return;
        throw new Failure(
          `${client.label} sent it ${count} times within ${ms} ms; it was expected to pause for 100 ms at most before the second try, however long it had tried the line before`,
        );
      });
      await client.hearsNoMore();
      await client.printsAll("", 1);
    });
  }),
  caseOf("client", "does not try again in step with others", {
    guards: [28, 29],
    waits: true,
    known: [inStep],
  }, async (script) => {
    let pauses: number[][] = [];
    const all: number[][] = [];
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const rivals: MetClient[] = [];
      for (let i = 0; i < RIVALS; i++) {
        rivals.push(await asked(script, [...PATIENT, "--tries", "9"], "0 a"));
      }
      using lateness = new Lateness();
      pauses = await script.step(
        `${RIVALS} clients lose their servers ${LOSSES} times, and come back`,
        () =>
          inParallel(
            RIVALS,
            rivals.map((rival) => () => pausesOf(script, rival)),
          ),
      );
      all.push(...pauses);
      // Pauses that this machine has torn apart say nothing.
      if (isInStep(pauses) || lateness.most < IN_STEP_MS / 2) break;
    }
    await script.step("their pauses are not the same", () => {
      if (!isInStep(pauses)) return;
      const found = pauses.map((all) =>
        all.slice(2).map((ms) => ms.toFixed(0)).join(" and ") + " ms"
      );
      throw new Failure(
        `${RIVALS} of your clients paused for ${
          found.join(", ")
        }; they were expected to leave the length to chance`,
        { found: "in step" },
      );
    });
    await script.step("none of them is too short", () => {
      const short = all.find((one) => !isLongEnough(one));
      if (!short) return;
      throw new Failure(
        `one of your clients paused for ${
          toldMs(short)
        }; it was expected to pause for ${LEAST} at least`,
        { found: "too soon" },
      );
    });
  }),
];

/** A server takes every call, reads a request and hangs up. @returns The requests, as they come. */
async function hangsUpOnAll(
  script: Script,
  server: ServerPeer,
): Promise<readonly string[]> {
  return await script.step("the server hangs up on each request", () => {
    const requests: string[] = [];
    const serve = async () => {
      while (true) {
        const wire = await server.accept();
        const bytes = await wire.read();
        requests.push(new TextDecoder().decode(bytes ?? undefined));
        wire.close();
      }
    };
    serve().catch(() => {}); // it was closed
    return requests;
  });
}
