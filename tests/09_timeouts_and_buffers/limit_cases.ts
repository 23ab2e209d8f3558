/**
 * What the server does when somebody takes too much, or too long.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { begin, guard, Hang, STEP_MS } from "../../kit/guard.ts";
import { logs } from "../../kit/log.ts";
import type { Script } from "../../kit/script.ts";
import { rests } from "../../kit/stays.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { gone, same, takeLines } from "../08_concurrent_server/guests.ts";
import {
  beginsAll,
  bytesAreLife,
  dropsJobs,
  keepsAnswers,
  queuesAll,
  TRICKLE_IDLE_MS,
} from "./misunderstandings.ts";
import { isClosed, notBefore, pours, takesNoMore } from "./steps.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** So many jobs run at once unless told otherwise. */
const JOBS = 16;

/** More than all the buffers on the way hold, in both directions, in bytes. */
const MOST_POURED = 48 * MiB;

/** A text that soon fills buffers. */
const LONG_TEXT = "x".repeat(4000);

/** How often a byte comes, of a line that never ends, in milliseconds. */
const BYTE_MS = 20;

/** How often it is measured again where this machine was too late for a measurement to mean anything. */
const MOST_ROUNDS = 5;

/** The cases of stage 2. */
export const limitCases: readonly Case[] = [
  serverCase("runs no more jobs at once than --jobs", {
    guards: [10],
    server: { args: ["--jobs", "2"] },
    waits: true,
    known: [beginsAll],
  }, async ({ script, client }) => {
    await client.sends("1 300 a\n2 60000 b\n3 150 c\n4 0 d\nping\n");
    await client.gets("1 A\n3 C\n");
    await script.step('the client gets "4 D" and "pong"', async () => {
      const came = await takeLines(client, 2);
      const why = "the job that had to wait, and what stood behind it";
      same(client, came.toSorted(), ["4 D", "pong"], why);
    });
    await client.asks("5 0 e\n6 0 f\n", "5 E\n6 F\n");
  }),
  serverCase(`runs ${JOBS} jobs at once unless told otherwise`, {
    guards: [10],
    waits: true,
  }, async ({ client }) => {
    const long = Array.from(
      { length: JOBS - 1 },
      (_, i) => `${i + 1} 60000 x\n`,
    );
    await client.asks(`${long.join("")}ping\n`, "pong\n");
    await client.asks("16 300 p\n17 0 q\n", "16 P\n17 Q\n");
  }),
  serverCase("counts the jobs of each connection by themselves", {
    guards: [9, 10],
    server: { args: ["--jobs", "2"] },
  }, async ({ script, server, client }) => {
    await client.asks("1 60000 x\nping\n", "pong\n");
    await client.sends("2 60000 x\n3 60000 x\n");
    await rests(server);
    const other = await script.connect(server, { us: "another client" });
    await other.asks("1 60000 x\n2 0 z\n", "2 Z\n");
  }),
  caseOf("server", "takes a --jobs from 1 to 1000, and no other", {
    guards: [10],
  }, async (script) => {
    for (const jobs of ["0", "1001"]) {
      const server = await script.launchServer(0, { args: ["--jobs", jobs] });
      await server.gives(2, "--jobs");
    }
  }),
  serverCase("reads no more than it can do", {
    guards: [11],
    server: { args: ["--jobs", "2"] },
    known: [queuesAll],
  }, async ({ script, server, client }) => {
    await client.asks("1 60000 a\nping\n", "pong\n");
    client.mayGetMore = true;
    const line = `3 60000 ${LONG_TEXT}\n`;
    const poured = await pours(script, client, line, MOST_POURED);
    await takesNoMore(script, server, poured, "kept requests");
    const other = await script.connect(server, { us: "another client" });
    await other.asks("1 0 x\n", "1 X\n");
    await other.asks("ping\n", "pong\n");
  }),
  caseOf("server", "lets go who says nothing for --idle, and not before", {
    guards: [12],
    waits: true,
  }, async (script) => {
    const server = await script.startServer({ args: ["--idle", "150"] });
    const start = performance.now();
    const client = await script.connect(server);
    await client.gets("error: idle for 150 ms\n");
    await notBefore(script, 150, start, "that came");
    await client.gets(gone);
    const other = await script.connect(server, { us: "another client" });
    await other.gets("error: idle for 150 ms\n");
    await other.gets(gone);
  }),
  caseOf("server", "begins the time anew with each whole line", {
    guards: [12],
    waits: true,
  }, async (script) => {
    for (const idle of [600, 3000]) {
      script.patience.ms = Math.max(STEP_MS, 2 * idle);
      const args = ["--idle", `${idle}`];
      const server = await script.startServer({ args });
      const start = performance.now();
      const client = await script.connect(server);
      const other = await script.connect(server, { us: "another client" });
      client.mayGetMore = true;
      other.mayGetMore = true;
      // Where a busy machine is so late that they were idle before, it is tried with a longer time.
      const isLate = () => performance.now() - start > idle * 0.75;
      await other.sends(`1 ${idle / 2.4} x\n`);
      if (isLate()) continue;
      await other.gets("1 X\n"); // by the server's own clock
      const said = performance.now();
      await client.sends("ping\n");
      if (isLate()) continue;
      client.mayGetMore = false;
      await client.gets(`pong\nerror: idle for ${idle} ms\n`);
      await notBefore(script, idle, said, "that came");
      await client.gets(gone);
      return;
    }
  }),
  caseOf("server", "takes bytes without an LF for no sign of life", {
    guards: [12, 13],
    waits: true,
    known: [bytesAreLife],
  }, async (script) => {
    const args = ["--idle", String(TRICKLE_IDLE_MS)];
    const server = await script.startServer({ args });
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const start = performance.now();
      const client = await script.connect(server);
      const longest = await trickles(script, client);
      await client.gets(`error: idle for ${TRICKLE_IDLE_MS} ms\n`);
      await notBefore(script, TRICKLE_IDLE_MS, start, "that came");
      await client.gets(gone);
      if (longest < TRICKLE_IDLE_MS / 2) return; // else our bytes came so late that it was idle
    }
  }),
  caseOf("server", "lets nobody go whose job runs", {
    guards: [12, 14],
    waits: true,
  }, async (script) => {
    const server = await script.startServer({ args: ["--idle", "500"] });
    const client = await script.connect(server);
    const start = performance.now();
    await client.asks("1 800 x\n", "1 X\n");
    await client.gets("error: idle for 500 ms\n");
    await notBefore(script, 1300, start, "that came");
    await client.gets(gone);
  }),
  caseOf("server", "cuts off who takes no answers for --stall", {
    guards: [15, 16],
    waits: true,
    known: [keepsAnswers],
  }, async (script) => {
    const server = await script.startServer({ args: ["--stall", "800"] });
    const other = await script.connect(server, { us: "another client" });
    await other.asks("ping\n", "pong\n");
    const client = await script.connect(server, { us: "the silent client" });
    client.mayGetMore = true;
    const start = performance.now();
    const line = `1 0 ${LONG_TEXT}\n`;
    const poured = await pours(script, client, line, MOST_POURED);
    await takesNoMore(script, server, poured, "kept answers");
    await other.asks("1 0 x\n", "1 X\n");
    await other.asks("ping\n", "pong\n");
    await logs(server, `cut off ${client.address}`);
    await notBefore(script, 800, start, "that came");
    await readsToTheEnd(script, client);
    await other.asks("2 0 y\n", "2 Y\n");
  }),
  caseOf("server", "keeps who takes no answers for a while", {
    guards: [15, 16],
    known: [keepsAnswers],
  }, async (script) => {
    const server = await script.startServer({ args: ["--stall", "60000"] });
    const client = await script.connect(server);
    client.mayGetMore = true;
    const line = `1 0 ${LONG_TEXT}\n`;
    const poured = await pours(script, client, line, MOST_POURED);
    await takesNoMore(script, server, poured, "kept answers");
    await script.step(
      "the client reads, and gets an answer to each",
      async () => {
        const wanted = `1 ${LONG_TEXT.toUpperCase()}`;
        const before = poured.taken;
        while (poured.taken < before + MiB) {
          for (const line of await takeLines(client, 64)) {
            same(client, [line], [wanted], "an answer to each");
          }
        }
      },
    );
  }),
  caseOf("server", "finishes its jobs on Ctrl-C, and takes nothing new", {
    guards: [17],
    only: WITH_SIGNALS,
    waits: true,
    known: [dropsJobs],
  }, async (script) => {
    const server = await script.startServer();
    const silent = await script.connect(server, { us: "a silent client" });
    const client = await script.connect(server);
    await client.asks("1 500 x\nping\n", "pong\n");
    await server.getsCtrlC();
    await isClosed(script, server);
    await client.offers("2 0 y\nping\n");
    await client.gets("1 X\n");
    await client.gets(gone);
    await silent.gets(gone);
    await server.endsWell();
  }),
  caseOf("server", "ends at once on Ctrl-C where no job runs", {
    guards: [17],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer({ args: ["--grace", "60000"] });
    const client = await script.connect(server);
    await client.asks("1 0 x\n", "1 X\n");
    await server.getsCtrlC();
    await client.gets(gone);
    await server.endsWell();
  }),
  caseOf("server", "waits for its jobs as long as --grace, and no longer", {
    guards: [18],
    only: WITH_SIGNALS,
    waits: true,
  }, async (script) => {
    const server = await script.startServer({ args: ["--grace", "200"] });
    const client = await withLongJob(script, server);
    const start = performance.now();
    await server.getsCtrlC();
    await client.gets(gone);
    await notBefore(script, 200, start, "the end");
    await server.endsWell();
  }),
  caseOf("server", "ends at once at a second Ctrl-C", {
    guards: [17, 19],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer({ args: ["--grace", "60000"] });
    const client = await withLongJob(script, server);
    await server.getsCtrlC();
    await isClosed(script, server);
    await rests(server);
    await server.getsCtrlC();
    await client.gets(gone);
    await server.endsWell();
  }),
];

/** A client whose job runs. */
async function withLongJob(
  script: Script,
  server: ServerActor,
): Promise<TcpPeer> {
  const client = await script.connect(server);
  await client.asks("1 60000 x\nping\n", "pong\n");
  return client;
}

/** A client sends a byte now and then, until it gets something or the connection ends. @returns The longest time between two bytes, in milliseconds. */
async function trickles(script: Script, peer: TcpPeer): Promise<number> {
  const { inbox, us, label } = peer;
  let longest = 0;
  await script.step(`${us} sends a byte now and then`, async () => {
    let isOver = false;
    let last = performance.now();
    const since = begin(script.patience);
    const trickle = async () => {
      while (!isOver && inbox.bytes.length === 0 && !inbox.hasEnded) {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        await peer.wire.write(new TextEncoder().encode("1")).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, BYTE_MS));
      }
    };
    const trickling = trickle();
    try {
      await guard(
        script.patience,
        Promise.race([inbox.more(), trickling]),
        since,
      );
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${label} let ${us} send a byte now and then for ${error.time}; it was expected to let it go`,
      );
    } finally {
      isOver = true;
      await trickling;
    }
  });
  return longest;
}

/** What the server had sent before it cut the client off comes, and then the end. */
async function readsToTheEnd(script: Script, peer: TcpPeer): Promise<void> {
  await script.step(`${peer.us} reads, and sees the end`, async () => {
    const { inbox } = peer;
    try {
      while (!inbox.hasEnded) {
        await inbox.more();
        inbox.take(Infinity);
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${peer.label} said that it had cut ${peer.us} off, and kept the connection open`,
      );
    }
  });
}
