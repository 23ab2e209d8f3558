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
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { asked, noAnswer, PATIENT } from "./asking.ts";
import { countsPings, noHeartbeat } from "./misunderstandings.ts";
import { asksNothingYet, notBefore } from "./steps.ts";

/** So many pings are answered: one that takes only every second pong for an answer has hung up by then. */
const PINGS = 8;

/** How far apart its pings are, in milliseconds: farther where the machine did not keep up, up to what no machine is late for. */
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
    for (const heartbeat of HEARTBEATS) {
      const args = [...PATIENT, "--heartbeat", `${heartbeat}`];
      const { client, server, conn } = await asked(script, args, "0 a");
      conn.mayGetMore = true; // a ping may be on its way
      const answers = new Answers(script, heartbeat);
      try {
        for (let i = 0; i < PINGS; i++) {
          await answersPing(script, conn, answers);
        }
        await conn.sends("1 A\n");
      } catch (error) {
        // Where it hung up because a busy machine had an answer come too late, it is tried with more time between them.
        const isLast = heartbeat === HEARTBEATS.at(-1);
        if (isLast || !hungUp(error) || !await answers.cameLate()) throw error;
        server.mayBeCalled = true;
        await client.program.end();
        continue;
      }
      await client.prints("A");
      await client.hearsNoMore();
      await client.endsWell();
      return;
    }
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

/** Whether a case failed because the client did something, and not because it did nothing. */
function hungUp(error: unknown): boolean {
  return error instanceof Failure && !error.seen.silent;
}

/** When pings were answered, and how long the machine kept the client from reading that. */
class Answers {
  #last = performance.now();
  #longest = 0;
  readonly #lost: number;

  /** No answers yet. @param heartbeat How far the client's pings are apart, in milliseconds. */
  constructor(readonly script: Script, readonly heartbeat: number) {
    this.#lost = script.patience.lost;
  }

  /** An answer has just been given. */
  add(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** Whether the client may have taken three pings for silent because the machine did not keep up. */
  async cameLate(): Promise<boolean> {
    this.add();
    const { patience } = this.script;
    await patience.look();
    return this.#longest >= 1.5 * this.heartbeat ||
      patience.lost - this.#lost >= this.heartbeat / 2;
  }
}

/** The server gets a ping, and answers it. It is alive: who hangs up now has not counted the answers. */
async function answersPing(
  script: Script,
  conn: TcpPeer,
  answers: Answers,
): Promise<void> {
  await script.step(
    "the server gets a ping: your client is still connected",
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
  answers.add();
}
