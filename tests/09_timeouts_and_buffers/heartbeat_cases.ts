/**
 * Whether a client finds out that its server is dead, and bears with a slow one.
 *
 * @module
 */
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { Failure } from "../../kit/failure.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logsConnectedFrom } from "../../kit/log.ts";
import { withMoreTime } from "../../kit/more_time.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { asked, noAnswer, PATIENT } from "./asking.ts";
import { countsPings, noHeartbeat } from "./misunderstandings.ts";
import { asksNothingYet, notBefore } from "./steps.ts";

/** So many pings are answered: one that takes only every second pong for an answer has hung up by then. */
const PINGS = 8;

/** How far apart its pings are, in milliseconds. */
const HEARTBEATS = [200, 600, 1800];

/** The cases of a client's heartbeat. */
export const heartbeatCases: readonly Case[] = [
  caseOf("client", "takes three silent pings for death", {
    guards: [30],
    waits: true,
    known: [noHeartbeat],
  }, async (script) => {
    const start = performance.now();
    const args = [...PATIENT, "--heartbeat", "250"];
    const { client, server, conn } = await asked(script, args, "0 a");
    await conn.gets("ping\nping\nping\n");
    await conn.gets(end());
    await notBefore(script, 1000, start, "the end");
    const second = await client.connects(server);
    await second.gets("1 0 a\n");
    await second.sends("1 A\n");
    await client.prints("A");
    second.mayGetMore = true; // a ping may be on its way
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
      const { client, conn } = await asked(script, args, "0 a");
      conn.mayGetMore = true; // a ping may be on its way
      for (let i = 0; i < PINGS; i++) {
        await answersPing(script, conn, i === 0 ? "a ping" : "another ping");
      }
      await conn.sends("1 A\n");
      await client.prints("A");
      await client.hearsNoMore();
      await client.endsWell();
    });
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
