/**
 * The cases of a server.
 *
 * @module
 */
import { toBytes } from "../../kit/bytes.ts";
import type { Case } from "../../kit/case.ts";
import { serverCase } from "../../kit/cases.ts";
import { bytes } from "../../kit/expectations/bytes.ts";
import { end } from "../../kit/expectations/end.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { cut } from "../../kit/faults/cut.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logsConnected } from "../../kit/log.ts";
import { stays } from "../../kit/stays.ts";
import { ANSWERS, KiB, manyLines, MiB, SCRIPT, TOO_LONG } from "./lines.ts";
import {
  closesAtEnd,
  decodesChunks,
  keepsCr,
  LAST_LINE,
  losesTail,
  mixesWrites,
  oneByOne,
  readIsLine,
  readsToEnd,
  writesOnce,
} from "./misunderstandings.ts";

/** In the order in which a learner should meet them. */
export const serverCases: Case[] = [
  serverCase(
    "answers line after line",
    { guards: [1, 7, 8], known: [readsToEnd] },
    async ({ server, client }) => {
      await logsConnected(server, client);
      for (const line of ["hello", "你好, baby"]) {
        await client.asks(`${line}\n`, `${line.toUpperCase()}\n`);
      }
    },
  ),
  serverCase(
    "answers a line that comes in two parts",
    { guards: [3, 8], known: [readIsLine] },
    async ({ client }) => {
      await client.asks("one\ntw", "ONE\n");
      await client.asks("o\n", "TWO\n");
    },
  ),
  serverCase("answers three lines that come in one write", {
    guards: [3],
    known: [readIsLine],
  }, async ({ client }) => {
    await client.asks("one\ntwo\nthree\n", "ONE\nTWO\nTHREE\n");
  }),
  serverCase("answers a line whose character is cut in two", {
    guards: [3],
    known: [decodesChunks],
  }, async ({ client }) => {
    const encoded = new TextEncoder().encode("one\n你好\n");
    await client.sends(encoded.subarray(0, 5)); // "one", LF, the first byte of three
    await client.gets("ONE\n");
    await client.asks(encoded.subarray(5), "你好\n");
  }),
  serverCase(
    "answers lines that end with CR and LF",
    { guards: [4], known: [keepsCr] },
    async ({ client }) => {
      await client.asks("one\r\ntwo\r\n", "ONE\nTWO\n");
    },
  ),
  serverCase(
    "answers a line whose CR and LF come apart",
    { guards: [3, 4], known: [keepsCr] },
    async ({ client }) => {
      await client.asks("one\ntwo\r", "ONE\n");
      await client.asks("\nthree\n", "TWO\nTHREE\n");
    },
  ),
  serverCase(
    "answers a CR inside a line, and other odd characters, as parts of it",
    { guards: [4, 5] },
    async ({ client }) => {
      await client.asks("a\rb\r\r\n", "A\rB\r\n");
      // A blank, an end of line that is none here, zeros, byte order marks.
      const odd = " x\u2028\u0085 y\0\n\ufeffz\ufeff \n";
      await client.asks(odd, odd.toUpperCase());
    },
  ),
  serverCase("answers empty lines", {
    guards: [4, 8],
    known: [keepsCr],
  }, async ({ client }) => {
    await client.asks("\n\n\r\nend\n", "\n\n\nEND\n");
  }),
  serverCase(
    "answers all lines when the client half-closes first",
    { guards: [6, 8, 9], known: [closesAtEnd] },
    async ({ server, client, script }) => {
      await client.asks(SCRIPT, ANSWERS);
      const last = `${SCRIPT}${LAST_LINE}`;
      await whileHeldUp(server, () => client.sends(last, halfClose()));
      await client.gets(last.toUpperCase());
      await client.gets(end());
      const next = await script.connect(server);
      await next.asks("and on\n", "AND ON\n");
    },
  ),
  serverCase(
    "answers a last line without LF",
    { guards: [5, 6, 9], known: [losesTail] },
    async ({ server, client, script }) => {
      await client.asks("one\n", "ONE\n");
      await client.asks("two", "TWO\n", halfClose());
      await client.gets(end());
      const other = await script.connect(server);
      await other.asks("no LF\r", "NO LF\r\n", halfClose());
    },
  ),
  serverCase("answers 200 lines again and again, in writes of every size", {
    guards: [3],
    known: [readIsLine],
  }, async ({ client }) => {
    await client.exchanges(
      SCRIPT.repeat(EVERY_SIZE.length),
      ANSWERS.repeat(EVERY_SIZE.length),
      chop(...EVERY_SIZE),
    );
  }),
  serverCase(
    "answers a line of 64 KiB and one of 1 MiB",
    { guards: [10] },
    async ({ client }) => {
      for (const size of [64 * KiB, MiB]) {
        const line = `${"a".repeat(size)}\n`;
        await client.exchanges(line, line.toUpperCase());
      }
    },
  ),
  serverCase(
    "answers a line that is too long with an error",
    { guards: [10, 11, 12] },
    async ({ server, client, script }) => {
      await client.exchanges(`ok\n${"a".repeat(MiB + 1)}`, `OK\n${TOO_LONG}`);
      await client.gets(end());
      // It is still read, and forgotten. A server that did not would refuse the last two bytes.
      await client.sends(`${"b".repeat(KiB - 1)}\n`.repeat(63));
      await stays(server, "until it has read what comes");
      await client.sends("bb", cut(1));
      await client.does(hangUp());
      for (const line of ["a".repeat(MiB + 1), "ü".repeat(MiB / 2 + 1)]) {
        const other = await script.connect(server);
        await other.exchanges(`${line}\n`, TOO_LONG); // its LF comes too late
        await other.does(hangUp());
      }
      const next = await script.connect(server);
      await next.asks("and on\n", "AND ON\n");
    },
  ),
  serverCase(
    "answers five clients at once",
    { guards: [13], known: [oneByOne] },
    async ({ script, server, client }) => {
      const clients = [client];
      while (clients.length < 5) clients.push(await script.connect(server));
      for (const client of clients) await client.sends("half ");
      for (const client of clients.toReversed()) await client.sends("a line\n");
      for (const client of clients.toReversed()) {
        await client.gets("HALF A LINE\n");
      }
    },
  ),
  serverCase("answers others when some break off", {
    guards: [12],
  }, async ({ server, client: steady, script }) => {
    await logsConnected(server, steady);
    const broken = await script.connect(server, { canReset: true });
    await logsConnected(server, broken);
    await broken.sends("half a li");
    await broken.does(reset());
    await steady.asks("still here\n", "STILL HERE\n");
    await whileHeldUp(server, async () => {
      const unread = await script.connect(server);
      await unread.sends("one\n".repeat(1000), hangUp());
      const queued = await script.connect(server, { canReset: true });
      await queued.does(reset());
    });
    await steady.asks("still here\n", "STILL HERE\n");
    const drained = await script.connect(server, { canReset: true });
    await drained.exchanges("a".repeat(MiB + 1), TOO_LONG);
    await drained.does(reset());
    await steady.asks("still here\n", "STILL HERE\n");
    const next = await script.connect(server);
    await next.asks("me too\n", "ME TOO\n");
  }),
  serverCase("answers long lines when nobody reads", {
    guards: [2],
    known: [mixesWrites, writesOnce],
  }, async ({ server, client, script }) => {
    // The first one makes room for several at a time in a server that keeps what it reads.
    const large = [MiB, ...Array(50).fill(100 * KiB)]
      .map((size, i) => `${i} ${"a".repeat(size - 3)}\n`).join("");
    const sending = client.sends(large);
    sending.catch(() => {}); // looked at below, when the answers are in
    // Each round trip of another client is a turn for the server: by then it
    // has written what the system takes, and one write came back short.
    const other = await script.connect(server);
    for (let i = 1; i < 30; i++) {
      await other.wire.write(toBytes("a turn\n"));
      await bytes("A TURN\n").take(other.inbox);
    }
    await other.asks("a turn\n", "A TURN\n");
    await client.gets(large.toUpperCase());
    await sending;
  }),
  serverCase(
    "answers 10000 lines of 1 KiB while they still come",
    { guards: [2, 8] },
    async ({ client }) => {
      const text = manyLines("a").map((line) => `${line}\n`).join("");
      await client.exchanges(text, text.toUpperCase());
    },
  ),
];
