/**
 * What the server does when somebody takes too much, or too long.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { toBytes } from "../../kit/bytes.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { begin, guard, Hang, STEP_MS } from "../../kit/guard.ts";
import { withMoreTime } from "../../kit/more_time.ts";
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
import {
  isClosed,
  notBefore,
  type Poured,
  pours,
  poursUnread,
  readsSome,
  takesNoMore,
} from "./steps.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** So many jobs run at once unless told otherwise. */
const JOBS = 16;

/** More than all the buffers on the way hold, in both directions, in bytes. */
const MOST_POURED = 24 * MiB;

/** So much more than what the system holds may go into a server that reads ahead a little, in bytes. */
const READ_AHEAD = 4 * MiB;

/** More than the system holds of answers, in bytes: the rest was kept. */
const KEPT = 16 * MiB;

/** A text that soon fills buffers: in capitals it has three times its bytes, so a server that reads slowly need not read much. */
const LONG_TEXT = "ΐ".repeat(10_000);

/** More jobs than one read brings, whose answers are more than the system takes in one go. */
const MANY_JOBS = 60;

/** So many of those answers are more than the system holds. */
const FILLING_JOBS = 100;

/** So many clients have jobs that take longer than --grace. */
const LATE_CLIENTS = 5;

/** How often some bytes come, of a line that never ends, in milliseconds. */
const BYTES_MS = 20;

/** How many come. */
const BYTES = [1, 20, 300];

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
  serverCase("runs a thousand jobs at once where it may", {
    guards: [10],
    server: { args: ["--jobs", "1000"] },
  }, async ({ client }) => {
    const long = Array.from({ length: 999 }, (_, i) => `${i} 60000 x\n`);
    await client.asks(`${long.join("")}ping\n`, "pong\n");
  }),
  caseOf("server", "takes no --jobs but from 1 to 1000", {
    guards: [10],
  }, async (script) => {
    for (const jobs of ["0", "1001"]) {
      const server = await script.launchServer(0, { args: ["--jobs", jobs] });
      await server.gives(2, "--jobs");
    }
  }),
  caseOf("server", "takes no times but from 1 to 3600000", {
    guards: [12, 15, 18],
  }, async (script) => {
    const wrong = [["--idle", "0"], ["--stall", "3600001"], ["--grace", "0"]];
    for (const [flag = "", ms = ""] of wrong) {
      const server = await script.launchServer(0, { args: [flag, ms] });
      await server.gives(2, flag);
    }
  }),
  serverCase("reads no more than it can do", {
    guards: [11],
    server: { args: ["--jobs", "2"] },
    waits: true,
    known: [queuesAll],
  }, async ({ script, server, client }) => {
    await client.asks("1 60000 a\nping\n", "pong\n");
    client.mayGetMore = true;
    const line = `3 60000 ${LONG_TEXT}\n`;
    const than = await poursUnread(script, MOST_POURED);
    const poured = await pours(script, client, line, MOST_POURED);
    const most = { than, by: READ_AHEAD };
    await takesNoMore(script, server, [poured], () => "kept requests", most);
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
      const third = await script.connect(server, { us: "a third client" });
      for (const one of [client, other, third]) one.mayGetMore = true;
      // Where a busy machine is so late that they were idle before, it is tried with a longer time.
      const isLate = () => performance.now() - start > idle * 0.75;
      await other.sends(`1 ${idle / 2.4} x\n`);
      if (isLate()) continue;
      await other.gets("1 X\n"); // by the server's own clock
      const said = performance.now();
      await client.sends("ping\n");
      await third.sends("no job\n");
      if (isLate()) continue;
      client.mayGetMore = false;
      third.mayGetMore = false;
      const [pinged, erred] = await script.step(
        "each gets its answer, and then hears that it was idle",
        () => Promise.all([lastWords(client), lastWords(third)]),
      );
      const last = `error: idle for ${idle} ms`;
      same(client, pinged.lines, ["pong", last], "its answer, and its end");
      same(third, erred.lines.slice(1), [last], "its end behind an error");
      await notBefore(script, idle, said, "the end came", pinged.at);
      await notBefore(script, idle, said, "the other end came", erred.at);
      await client.gets(gone);
      await third.gets(gone);
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
  caseOf("server", "lets nobody go whose job runs, who has half-closed", {
    guards: [8, 14],
    waits: true,
  }, async (script) => {
    const times = [400, 2000];
    await withMoreTime(script, { times, isPassSure: true }, async (idle) => {
      const job = 3 * idle;
      script.patience.ms = Math.max(STEP_MS, 2 * job);
      const args = ["--idle", `${idle}`];
      const server = await script.startServer({ args });
      const client = await script.connect(server);
      await client.sends(`1 ${job} x\n`, halfClose());
      await client.gets("1 X\n");
      await client.gets(gone);
    });
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
  caseOf("server", "keeps who takes no answers for a while", {
    guards: [4, 9, 15, 16],
    waits: true,
    known: [keepsAnswers],
  }, async (script) => {
    const args = ["--jobs", `${MANY_JOBS}`, "--stall", "60000"];
    const server = await script.startServer({ args });
    const us = "the silent client";
    const [client, poured] = await readsNothing(script, server, us);
    const kept = () => whatIsKept(client);
    await takesNoMore(script, server, [poured], kept);
    const other = await script.connect(server, { us: "another client" });
    await other.asks("ping\n", "pong\n");
    await other.asks("1 0 x\n", "1 X\n");
    await script.step(
      "the silent client reads, and gets an answer to each, whole",
      async () => {
        const wanted = `1 ${LONG_TEXT.toUpperCase()}`;
        const before = poured.taken;
        while (poured.taken < before + 4 * MiB) {
          for (const line of await takeLines(client, MANY_JOBS)) {
            if (line === wanted) continue;
            // It may be cut in the middle of a letter: the bytes would tell something else.
            throw new Failure(
              `${client.label} sent an answer of ${line.length} letters that is none of its own; it was expected to send each whole, one after the other`,
            );
          }
        }
      },
    );
  }),
  caseOf(
    "server",
    "cuts off who takes no answers for --stall, and not before",
    {
      guards: [15, 16],
      waits: true,
    },
    async (script) => {
      const times = [1500, 6000];
      await withMoreTime(script, { times, isPassSure: true }, async (stall) => {
        script.patience.ms = Math.max(STEP_MS, 2 * stall);
        const args = ["--jobs", `${MANY_JOBS}`, "--stall", `${stall}`];
        const server = await script.startServer({ args });
        const other = await script.connect(server, { us: "another client" });
        await other.asks("ping\n", "pong\n");
        const start = performance.now();
        const us = "the silent client";
        const [silent, poured] = await readsNothing(script, server, us);
        const [late, more] = await readsNothing(
          script,
          server,
          "the late client",
        );
        await takesNoMore(script, server, [poured, more]);
        const begun = performance.now();
        const hasGoneOn = await readsSome(script, late, more);
        await other.asks("1 0 x\n", "1 X\n");
        const ends = await areCutOff(script, server, [silent, late]);
        await notBefore(script, stall, start, "the first end came", ends[0]);
        if (hasGoneOn) {
          await notBefore(
            script,
            stall,
            begun,
            "the late client's end came",
            ends[1],
          );
        }
        await readsToTheEnd(script, silent);
        await readsToTheEnd(script, late);
        await other.asks("2 0 y\n", "2 Y\n");
      });
    },
  ),
  caseOf("server", "takes a pong and an error, too, for a job that runs", {
    guards: [16],
    waits: true,
  }, async (script) => {
    const args = ["--jobs", `${2 * FILLING_JOBS}`, "--stall", "60000"];
    const server = await script.startServer({ args });
    const all: Poured[] = [];
    for (const line of ["ping\n", `${"no job ".repeat(9000)}\n`]) {
      const client = await script.connect(server, { us: "a silent client" });
      client.mayGetMore = true;
      await client.sends(`1 0 ${LONG_TEXT}\n`.repeat(FILLING_JOBS));
      await rests(server);
      all.push(await pours(script, client, line, MOST_POURED));
    }
    await takesNoMore(script, server, all);
    const other = await script.connect(server, { us: "another client" });
    await other.asks("ping\n", "pong\n");
  }),
  caseOf("server", "finishes its jobs on Ctrl-C, and takes nothing new", {
    guards: [8, 17],
    only: WITH_SIGNALS,
    waits: true,
    known: [dropsJobs],
  }, async (script) => {
    const times = [500, 4000];
    await withMoreTime(script, { times, isPassSure: true }, async (job) => {
      script.patience.ms = Math.max(STEP_MS, 2 * job);
      const server = await script.startServer({ args: ["--jobs", "2"] });
      const silent = await script.connect(server, { us: "a silent client" });
      const other = await script.connect(server, { us: "another client" });
      await other.sends(`1 ${job} y\n2 ${job} y\n3 0 waits\n`);
      const half = await script.connect(server, { us: "a half-closed client" });
      await half.sends(`1 ${job} z\n`, halfClose());
      const client = await script.connect(server);
      await client.asks(`1 ${job} x\nping\n`, "pong\n");
      await rests(server);
      await server.getsCtrlC();
      await isClosed(script, server);
      await client.offers("2 0 y\nping\n");
      await client.gets("1 X\n");
      await client.gets(gone);
      await silent.gets(gone);
      await half.gets("1 Z\n");
      await half.gets(gone);
      await script.step('another client gets "1 Y" and "2 Y"', async () => {
        const came = await takeLines(other, 2);
        same(other, came.toSorted(), ["1 Y", "2 Y"], "the jobs that run");
      });
      await other.gets(gone);
      await server.endsWell();
    });
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
    const server = await script.startServer({ args: ["--grace", "600"] });
    const clients: TcpPeer[] = [];
    for (let i = 0; i < LATE_CLIENTS; i++) {
      clients.push(await withLongJob(script, server));
    }
    const start = performance.now();
    await server.getsCtrlC();
    for (const [i, client] of clients.entries()) {
      await client.gets(gone);
      if (i === 0) await notBefore(script, 600, start, "the end");
    }
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

/** An answer and the line behind it, and when they were there. */
async function lastWords(
  client: TcpPeer,
): Promise<{ lines: string[]; at: number }> {
  const lines = await takeLines(client, 2);
  return { lines, at: performance.now() };
}

/** A client that asks for long answers without end, and reads none of them. */
async function readsNothing(
  script: Script,
  server: ServerActor,
  us: string,
): Promise<[TcpPeer, Poured]> {
  const client = await script.connect(server, { us });
  client.mayGetMore = true;
  const line = `1 0 ${LONG_TEXT}\n`;
  return [client, await pours(script, client, line, MOST_POURED)];
}

/** The server says that it cuts these clients off, in any order. @returns When it said so of each. */
async function areCutOff(
  script: Script,
  { label, program }: ServerActor,
  clients: readonly TcpPeer[],
): Promise<number[]> {
  const lines = clients.map(({ address }) => `cut off ${address}`);
  const says = lines.map((line) => `"${line}"`).join(" and ");
  return await script.step(`${label} prints ${says}`, async () => {
    const times = new Map<string, number>();
    while (!lines.every((line) => times.has(line))) {
      times.set(await program.line(says), performance.now());
    }
    return lines.map((line) => times.get(line) ?? NaN);
  });
}

/** What a server keeps that has taken too much, where the answers come that nobody took. */
async function whatIsKept({ inbox }: TcpPeer): Promise<string> {
  try {
    while (inbox.received < KEPT && !inbox.hasEnded) {
      await inbox.more();
      inbox.take(Infinity);
    }
  } catch (error) {
    if (!(error instanceof Hang)) throw error;
  }
  return inbox.received < KEPT ? "" : "kept answers";
}

/** A client whose job runs. */
async function withLongJob(
  script: Script,
  server: ServerActor,
): Promise<TcpPeer> {
  const client = await script.connect(server);
  await client.asks("1 60000 x\nping\n", "pong\n");
  return client;
}

/** A client sends some bytes now and then, until it gets something or the connection ends. @returns The longest time between two of these, in milliseconds. */
async function trickles(script: Script, peer: TcpPeer): Promise<number> {
  const { inbox, us, label } = peer;
  let longest = 0;
  await script.step(`${us} sends some bytes now and then`, async () => {
    let isOver = false;
    let count = 0;
    let last = performance.now();
    const since = begin(script.patience);
    const trickle = async () => {
      while (!isOver && inbox.bytes.length === 0 && !inbox.hasEnded) {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        const bytes = "1".repeat(BYTES[count++ % BYTES.length] ?? 1);
        await peer.wire.write(toBytes(bytes)).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, BYTES_MS));
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
        `${label} let ${us} send some bytes now and then for ${error.time}; it was expected to let it go`,
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
