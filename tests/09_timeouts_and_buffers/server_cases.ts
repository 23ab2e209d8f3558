/**
 * What the server does with jobs.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { toBytes } from "../../kit/bytes.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { untilTheEnd } from "../../kit/common.ts";
import { Failure } from "../../kit/failure.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { cut } from "../../kit/faults/cut.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { rests } from "../../kit/stays.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import {
  anError,
  gone,
  same,
  takeLines,
} from "../08_concurrent_server/guests.ts";
import { oneByOne } from "../08_concurrent_server/misunderstandings.ts";
import { hangsUpEarly, oneAfterAnother } from "./misunderstandings.ts";
import { notBefore } from "./steps.ts";

/** The longest line, in bytes. */
const LONGEST = 65_536;

const LF = 0x0a;

/** Lines that are no jobs, and have an id. */
const BAD_JOBS = ["1", "1 x", "1 5", "1 60001 x", "1 -1 x", "1 1.5 x", "1  x"];

/** Lines that have not even that. */
const BAD_LINES = [
  "",
  "hello",
  "PING",
  "ping ",
  " ping",
  "ping x",
  "-1 5 x",
  "1234567890 5 x",
  "1x 5 x",
];

/** A line that is no text. */
const NO_UTF8 = new Uint8Array([...toBytes("1 0 "), 0xff, LF]);

/** How often it is measured whether a job is answered too early: one time is enough. */
const ROUNDS = 6;

/** The cases of stage 1. */
export const serverCases: readonly Case[] = [
  serverCase("answers a job with its id, and its text in capitals", {
    guards: [1, 4],
    known: [untilTheEnd],
  }, async ({ client }) => {
    await client.asks("1 0 hello\n", "1 HELLO\n");
    await client.asks("007 0 Grüße, 你好 \n", "007 GRÜSSE, 你好 \n");
    await client.asks("999999999 0 \n", "999999999 \n");
    await client.asks("1 1  7 8 error: x\n", "1  7 8 ERROR: X\n");
    await client.asks("1 0 a\rb\u2028\0c\n", "1 A\rB\u2028\0C\n");
    await client.asks("1 0 \uFEFFx\n", "1 \uFEFFX\n");
    await client.asks("1 0 hello again\n", "1 HELLO AGAIN\n");
  }),
  serverCase("answers no job before its time", {
    guards: [4],
    waits: true,
  }, async ({ script, server, client }) => {
    const other = await script.connect(server, { us: "another client" });
    // On a busy machine what is too early may come late. What comes too early is too early.
    for (let round = 0; round < ROUNDS; round++) {
      const asker = round % 2 === 0 ? client : other;
      const start = performance.now();
      await asker.sends("1 120 x\n2 120 x\n");
      await script.step(`${asker.us} gets "1 X" and "2 X"`, async () => {
        const [first = ""] = await takeLines(asker, 1);
        await notBefore(script, 120, start, `"${first}" came`);
        const came = [first, ...await takeLines(asker, 1)];
        same(asker, came.toSorted(), ["1 X", "2 X"], "both jobs");
      });
    }
  }),
  serverCase("answers each job as soon as it is done", {
    guards: [5],
    waits: true,
    known: [oneAfterAnother],
  }, async ({ client }) => {
    await client.asks("1 300 slow\n2 0 fast\n", "2 FAST\n1 SLOW\n");
    await client.asks("3 300 a\n3 0 b\n", "3 B\n3 A\n");
    await client.asks("4 60000 slow\n5 0 fast\n", "5 FAST\n");
  }),
  serverCase("answers a ping at once, also while jobs run", {
    guards: [1, 6],
    waits: true,
    known: [oneAfterAnother],
  }, async ({ client }) => {
    await client.asks("ping\n", "pong\n");
    await client.asks("1 300 slow\nping\nping\n", "pong\npong\n1 SLOW\n");
    await client.asks("2 60000 slow\nping\n", "pong\n");
  }),
  serverCase("puts lines together that come in parts", {
    guards: [3],
  }, async ({ script, server, client }) => {
    await client.sends("1 0 he");
    await rests(server);
    await client.asks("llo\n", "1 HELLO\n");
    const line = new TextEncoder().encode("2 0 你好\n");
    await client.sends(line.subarray(0, 5)); // the first byte of three
    await rests(server);
    await client.sends(line.subarray(5));
    await client.gets("2 你好\n");
    await client.asks("ping\nping\nping\n", "pong\npong\npong\n", cut(7));
    const texts = Array.from(
      { length: 4 * EVERY_SIZE.length },
      (_, i) => `${i} 你好${" and so on".repeat(i % 5)}`,
    );
    await client.sends(
      texts.map((text, i) => `${i + 1} 0 ${text}\n`).join(""),
      chop(...EVERY_SIZE),
    );
    await script.step("the client gets an answer to each", async () => {
      const wanted = texts.map((text, i) => `${i + 1} ${text.toUpperCase()}`);
      await getsAll(client, wanted);
    });
  }),
  serverCase("says what is wrong with a line, and goes on", {
    guards: [7],
  }, async ({ script, client }) => {
    for (const line of BAD_JOBS) {
      await client.asks(`${line}\n`, "1 ");
      await client.gets(anError);
    }
    for (const line of BAD_LINES) await client.asks(`${line}\n`, anError);
    await client.sends(NO_UTF8);
    await script.step("the client gets a line", async () => {
      await takeLines(client, 1);
    });
    await client.asks("2 0 x\n", "2 X\n");
  }),
  serverCase("does not disturb a job that runs by a bad line", {
    guards: [7],
    waits: true,
  }, async ({ client }) => {
    await client.sends("1 200 slow\n1 x\n");
    await client.gets("1 ");
    await client.gets(anError);
    await client.gets("1 SLOW\n");
  }),
  serverCase("answers all the jobs of a client that half-closes", {
    guards: [8],
    waits: true,
    known: [hangsUpEarly],
  }, async ({ script, client }) => {
    await client.sends("1 150 a\n2 80 b\nping\n3 0 half", halfClose());
    await client.gets("pong\n");
    await script.step('the client gets "1 A" and "2 B"', async () => {
      try {
        await getsAll(client, ["2 B", "1 A"]);
      } catch (error) {
        const { inbox } = client;
        const hasLeft = inbox.hasEnded && !inbox.isReset &&
          inbox.bytes.length === 0;
        if (!(error instanceof Failure) || !hasLeft) throw error;
        throw new Failure(error.message, { found: "hung up with jobs" });
      }
    });
    await client.gets(gone);
  }),
  serverCase("answers other clients meanwhile", {
    guards: [9],
    known: [oneByOne],
  }, async ({ script, server, client: silent }) => {
    await silent.asks("ping\n", "pong\n");
    const other = await script.connect(server, { us: "another client" });
    await other.asks("1 0 fast\n", "1 FAST\n");
    await silent.asks("1 60000 slow\nping\n", "pong\n");
    await other.asks("2 0 fast\n", "2 FAST\n");
    await other.asks("ping\n", "pong\n");
    await other.does(hangUp());
    await silent.asks("2 0 x\n", "2 X\n");
  }),
  caseOf("server", "goes on when a client breaks off while its job runs", {
    guards: [9],
  }, async (script) => {
    const server = await script.startServer();
    const rude = await script.connect(server, {
      us: "a rude client",
      canReset: true,
    });
    await rude.asks("1 50 x\nping\n", "pong\n");
    await rude.does(reset());
    const client = await script.connect(server);
    await client.asks("1 100 x\n", "1 X\n");
  }),
  serverCase("takes the longest line, and no longer one", {
    guards: [2],
  }, async ({ script, server, client }) => {
    const text = "x".repeat(LONGEST - "1 0 ".length);
    await client.asks(`1 0 ${text}\n`, `1 ${text.toUpperCase()}\n`);
    await client.asks(`2 0 ${text}x\n`, anError);
    await client.gets(gone);
    const tooMany = [
      `1 0 ${"ü".repeat(40_000)}\n`, // fewer letters, but more bytes
      "x".repeat(LONGEST + 2), // whatever comes next
    ];
    for (const line of tooMany) {
      const other = await script.connect(server, { us: "another client" });
      await other.asks(line, anError);
      await other.gets(gone);
    }
    const last = await script.connect(server, { us: "the last client" });
    await last.asks("1 0 x\n", "1 X\n");
  }),
];

/** These lines come next, in any order. */
async function getsAll(
  client: TcpPeer,
  wanted: readonly string[],
): Promise<void> {
  const came = await takeLines(client, wanted.length);
  same(
    client,
    came.toSorted(),
    wanted.toSorted(),
    "an answer to each, in any order",
  );
}
