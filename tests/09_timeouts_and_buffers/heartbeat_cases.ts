/**
 * Whether a client finds out that its server is dead, and bears with a slow one.
 *
 * @module
 */
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { quote, toBytes } from "../../kit/bytes.ts";
import { caseOf, type MetClient } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { Failure } from "../../kit/failure.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logsConnectedFrom } from "../../kit/log.ts";
import { withMoreTime } from "../../kit/more_time.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { asked, noAnswer, PATIENT } from "./asking.ts";
import { countsPings, noHeartbeat } from "./misunderstandings.ts";
import { asksNext, asksNothingYet, notBefore } from "./steps.ts";

/** So many pings are answered: one that takes only every second pong for an answer, or only the first ones, has hung up by then. */
const PINGS = 12;

/** How far apart its pings are, in milliseconds. */
const HEARTBEATS = [100, 600, 1800];

/** The same where it is about their number. */
const BEAT_MS = 150;

/** The cases of a client's heartbeat. */
export const heartbeatCases: readonly Case[] = [
  caseOf("client", "takes three silent pings for death", {
    guards: [30],
    waits: true,
    known: [noHeartbeat],
  }, async (script) => {
    const args = [...PATIENT, "--heartbeat", `${BEAT_MS}`];
    const met = await asked(script, args, "0 a");
    const { client, server } = met;
    met.conn.mayGetMore = true; // a ping may be on its way
    await met.conn.sends("1 A\n");
    await client.prints("A");
    await takesLastPings(script, met);
    const start = performance.now();
    await client.hears("0 b");
    const first = await asksNext(script, met, "2 0 b\n");
    await first.gets("ping\nping\nping\n");
    await first.gets(end());
    await notBefore(script, 4 * BEAT_MS, start, "the end");
    // Each connection has its own pings, and only a pong answers one.
    const second = await client.connects(server);
    await second.gets("2 0 b\n");
    for (let i = 0; i < 3; i++) {
      await second.gets("ping\n");
      await second.sends("22 NO\npongs\n");
    }
    await second.gets(end());
    const third = await client.connects(server);
    await third.gets("2 0 b\n");
    await third.sends("2 B\n");
    await client.prints("B");
    third.mayGetMore = true; // a ping may be on its way
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "is patient with a server that answers its pings", {
    guards: [30, 31],
    waits: true,
    known: [noHeartbeat, countsPings],
  }, async (script) => {
    const times = HEARTBEATS;
    await withMoreTime(script, { times, isPassSure: true }, async (time) => {
      const args = [...PATIENT, "--heartbeat", `${time}`];
      const met = await asked(script, args, "0 a");
      const { client } = met;
      met.conn.mayGetMore = true; // a ping may be on its way
      await answersPing(script, met.conn, "a ping");
      await met.conn.sends("1 A\n");
      await client.prints("A");
      await takesLastPings(script, met);
      await sendsNoPing(script, met.conn, time);
      await client.hears("0 b");
      const conn = await asksNext(script, met, "2 0 b\n");
      conn.mayGetMore = true;
      for (let i = 0; i < PINGS; i++) {
        await answersPing(script, conn, i === 0 ? "a ping" : "another ping");
      }
      await conn.sends("2 B\n");
      await client.prints("B");
      await client.hearsNoMore();
      await client.endsWell();
    });
  }),
  caseOf("client", "has one time for all the tries of a line", {
    guards: [24, 27],
    waits: true,
  }, async (script) => {
    const args = ["--timeout", `${10 * BEAT_MS}`, "--heartbeat", `${BEAT_MS}`];
    const { client, server, conn } = await asked(script, args, "0 a");
    conn.mayGetMore = true; // a ping may be on its way
    // By its own clock the most of its time has gone by when so many have come.
    for (let i = 0; i < 7; i++) {
      await conn.asks("", "ping\n");
      await conn.sends("pong\n");
    }
    await conn.does(hangUp());
    const second = await client.connects(server);
    await second.gets("1 0 a\n");
    second.mayGetMore = true;
    await script.step(
      "it gives the line up before it has sent six more pings",
      async () => {
        const { inbox } = second;
        const givenUp = client.program.errorLine(
          noAnswer(1, server, `within ${10 * BEAT_MS} ms`),
        ).then(() => true);
        const oneMore = async () => {
          await inbox.more();
          return false;
        };
        let pings = 0;
        while (!inbox.hasEnded && !await Promise.race([givenUp, oneMore()])) {
          const came = new TextDecoder().decode(inbox.take(Infinity));
          pings += came.split("ping\n").length - 1;
          if (pings > 5) {
            throw new Failure(
              `${second.label} waited for ${
                7 + pings
              } pings, one each ${BEAT_MS} ms; it was expected to give up after ${
                10 * BEAT_MS
              } ms, with all its tries`,
            );
          }
          await second.wire.write(new TextEncoder().encode("pong\n"))
            .catch(() => {}); // it has given up
        }
        await givenUp;
      },
    );
    await client.hearsNoMore();
    await client.printsAll("", 1);
  }),
  caseOf("client", "sends no ping unless told to", {
    guards: [30],
  }, async (script) => {
    const met = await asked(script, PATIENT, "0 a");
    const { client, conn } = met;
    await asksNothingYet(script, met, "while it waits");
    await conn.sends("1 A\n");
    await client.prints("A");
    await client.hearsNoMore();
    await client.endsWell();
  }),
  caseOf("client", "notices by its heartbeat that a server stands still", {
    guards: [27, 30],
    only: WITH_SIGNALS,
    waits: true,
  }, async (script) => {
    const server = await script.startServer({ whose: "our" });
    const args = [...PATIENT, "--heartbeat", "60", "--tries", "2"];
    const client = await script.startClient(server, args);
    await client.hears("60000 a");
    await logsConnectedFrom(server);
    await whileHeldUp(server, async () => {
      await client.notes(noAnswer(1, server, "after 2 tries"));
      await client.hearsNoMore();
      await client.printsAll("", 1);
    });
  }),
];

/** The client has its answer. A ping that was on its way then may still come. */
async function takesLastPings(
  script: Script,
  { client, conn }: MetClient,
): Promise<void> {
  await script.step("a ping that was on its way may come", async () => {
    const { inbox, label } = conn;
    await client.program.settles();
    await inbox.listenOn();
    const came = inbox.take(Infinity);
    const pings = new TextDecoder().decode(came);
    if (/^(ping\n)*$/.test(pings)) {
      if (!inbox.hasEnded) {
        await conn.wire.write(toBytes(pings.replaceAll("ping", "pong")));
        await client.program.settles();
      }
      return;
    }
    throw new Failure(
      `${label} sent ${quote(came)}; it was expected to wait for its next line`,
    );
  });
}

/** The client has no question, and sends no pings. */
async function sendsNoPing(
  script: Script,
  { label, inbox }: TcpPeer,
  heartbeat: number,
): Promise<void> {
  await script.step(
    `${label} waits for no answer, and does not ping`,
    async () => {
      // In this time two would come; on a busy machine fewer, and then it may pass.
      await new Promise((resolve) => setTimeout(resolve, 2.5 * heartbeat));
      await inbox.listenOn();
      if (inbox.bytes.length === 0) return;
      throw inbox.failure(
        `sent ${
          quote(inbox.bytes)
        }; it was expected to ping only while it waits for an answer`,
        new Uint8Array(),
      );
    },
  );
}

/** The server gets a ping, and answers it. It is alive: who hangs up now has not counted the answers. */
async function answersPing(
  script: Script,
  conn: TcpPeer,
  which: string,
): Promise<void> {
  await script.step(
    `the server gets ${which}: your client is still connected`,
    async () => {
      const { inbox } = conn;
      while (!inbox.hasEnded && inbox.bytes.length < 5) {
        try {
          await inbox.more();
        } catch (error) {
          throw inbox.silence(
            error,
            '"ping\\n"',
            new TextEncoder().encode("ping\n"),
          );
        }
      }
      if (!inbox.hasEnded) return;
      throw new Failure(
        `${conn.label} closed the connection, though all its pings had been answered`,
        { found: "hung up" },
      );
    },
  );
  await conn.asks("", "ping\n");
  await conn.sends("pong\n");
}
