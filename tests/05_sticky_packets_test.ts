/**
 * The check of lesson 05, "lines".
 *
 * Bytes are cut in every way here. Where a cut must be seen as a cut, the rest
 * is sent when the answer to what came before is back.
 *
 * @module
 */
import type { ClientActor } from "../kit/actors.ts";
import { toBytes } from "../kit/bytes.ts";
import type { Case, Check, Misunderstanding } from "../kit/case.ts";
import { clientCase, serverCase } from "../kit/cases.ts";
import { bytes } from "../kit/expectations/bytes.ts";
import { end } from "../kit/expectations/end.ts";
import { chop, EVERY_SIZE } from "../kit/faults/chop.ts";
import { cut } from "../kit/faults/cut.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { stall } from "../kit/faults/stall.ts";
import { whileHeldUp } from "../kit/held_up.ts";
import { hearsLast } from "../kit/last_line.ts";
import { logsConnected } from "../kit/log.ts";
import { pairMatrix } from "../kit/pairs.ts";
import type { Fault } from "../kit/plan.ts";
import { Random } from "../kit/random.ts";
import { register } from "../kit/register.ts";
import { stays } from "../kit/stays.ts";
import type { TcpPeer } from "../kit/tcp_peer.ts";
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
  waitsForAnswers,
  waitsForInput,
  writesAllFirst,
  writesOnce,
} from "./05_sticky_packets/misunderstandings.ts";
import { own, python } from "./05_sticky_packets/pair_cases.ts";

const KiB = 1024;

const MiB = 1024 * KiB;

const TOO_LONG = "error: line longer than 1048576 bytes\n";

/** 200 lines of all kinds, the same in each run: short and empty ones, characters of 1 to 4 bytes. */
const lines = (() => {
  const random = new Random(5);
  const words = ["hello", "baby", "grün", "你好", "😀", "x", "end of file"];
  return Array.from(
    { length: 200 },
    () =>
      Array.from({ length: random.between(0, 3) }, () => random.pick(words))
        .join(" "),
  );
})();

const SCRIPT = lines.map((line) => `${line}\n`).join("");

const ANSWERS = SCRIPT.toUpperCase();

/** 10 000 lines of 1 KiB each, with their LF. */
const manyLines = (letter: string) =>
  Array.from(
    { length: 10_000 },
    (_, i) => `${i} ${letter.repeat(KiB)}`.slice(0, KiB - 1),
  );

const serverCases: Case[] = [
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

/** ASCII in capitals. */
function inCapitals(chunk: Uint8Array): Uint8Array {
  return chunk.map((byte) => byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
}

/** A scripted server takes three lines and answers them, with faults. */
function prints(
  what: string,
  guards: number[],
  text: string,
  faults: Fault[],
  printed: string,
  ...known: Misunderstanding[]
): Case {
  return clientCase(`prints answers that come ${what}`, {
    guards: [...guards, 16],
    known,
    mostOutput: 4 * MiB,
  }, async ({ client, conn }) => {
    await sendsThree(client, conn);
    await conn.offers(text, ...faults, hangUp());
    await client.printsAll(printed);
  });
}

/** The client sends three lines, and its input ends. */
async function sendsThree(client: ClientActor, conn: TcpPeer): Promise<void> {
  await client.hears("你好");
  await client.hears("");
  await client.hears("end");
  await conn.gets("你好\n\nend\n");
  await client.hearsNoMore();
  await conn.gets(end());
}

const clientCases: Case[] = [
  clientCase("sends its lines without waiting for answers", {
    guards: [1, 14, 15, 17],
    known: [waitsForAnswers],
  }, async ({ client, conn }) => {
    await client.hears("one");
    await client.hears("");
    await client.hears("三");
    await conn.gets("one\n\n三\n");
    await hearsLast(client, " 四 ");
    await conn.gets(" 四 \n");
    await conn.gets(end());
    await conn.sends("ONE\n\n三\n 四 \n", hangUp());
    await client.printsAll("ONE\n\n三\n 四 \n");
  }),
  clientCase("prints answers that come in parts", {
    guards: [3, 16],
    known: [readIsLine, decodesChunks],
  }, async ({ client, conn }) => {
    await sendsThree(client, conn);
    const encoded = toBytes("ONE\nTWO\n好\n");
    const cuts = [0, "ONE\nTW".length, "ONE\nTWO\n".length + 1];
    const parts = cuts.map((cut, i) => encoded.subarray(cut, cuts[i + 1]));
    for (const [i, line] of ["ONE", "TWO", "好"].entries()) {
      await conn.sends(parts[i] ?? "");
      await client.prints(line);
    }
    await conn.does(hangUp());
    await client.endsWell();
  }),
  prints(
    "in one write",
    [3, 14, 15, 17],
    "你好\n\nEND\n",
    [],
    "你好\n\nEND\n",
    readIsLine,
  ),
  prints(
    "a byte at a time",
    [3],
    "你好\n\nEND\n",
    [cut(1), stall(2)],
    "你好\n\nEND\n",
    readIsLine,
    decodesChunks,
  ),
  prints(
    "with CR and LF",
    [4],
    "一\r\n\r\nEND\r\n",
    [],
    "一\n\nEND\n",
    keepsCr,
  ),
  prints(
    "with odd characters",
    [4, 5],
    "A\rB\u2028 \0\r\nC\r\r\n\ufeff END \n",
    [],
    "A\rB\u2028 \0\nC\r\n\ufeff END \n",
  ),
  prints("without a last LF", [6], "一\n\nEND", [], "一\n\nEND\n", losesTail),
  clientCase("prints answers that come as empty lines, and none behind them", {
    guards: [5, 6, 16],
  }, async ({ client, conn }) => {
    await sendsThree(client, conn);
    await conn.sends("\n\n\n", hangUp());
    await client.printsLines("", "", "");
    await client.endsWell();
  }),
  prints(
    "as more than 1 MiB",
    [3],
    `${"A".repeat(MiB + 1)}\n\nEND\n`,
    [],
    `${"A".repeat(MiB + 1)}\n\nEND\n`,
  ),
  clientCase(
    "prints each answer as it comes",
    { guards: [16, 17], known: [writesAllFirst] },
    async ({ client, conn }) => {
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.sends("HELLO\n");
      await client.prints("HELLO");
      await client.hears("bye");
      await client.hearsNoMore();
      await conn.gets("bye\n");
      await conn.gets(end());
      await conn.sends("BYE\n");
      await client.prints("BYE");
      await stays(client, "until the server closes");
      await conn.does(hangUp());
      await client.endsWell();
    },
  ),
  clientCase("sends 10000 lines of 1 KiB and takes the answers meanwhile", {
    guards: [14, 16],
    known: [writesAllFirst],
    mostOutput: 16 * MiB,
  }, async ({ client, conn }) => {
    const typed = manyLines("a");
    const { taken } = await client.hearsMany(typed);
    taken.then(() => client.program.endInput());
    await conn.answers(
      "answers the first line in capitals, and reads no more before that is taken",
      inCapitals,
      (chunk) => chunk.includes(0x0a),
    );
    await client.prints((typed[0] ?? "").toUpperCase());
    await conn.answers(
      "answers in capitals until the client has sent all",
      inCapitals,
    );
    await conn.does(hangUp());
    await client.printsAll(typed.join("\n").toUpperCase());
  }),
  clientCase(
    "reports a server that closes before all is sent",
    { guards: [18], known: [waitsForInput] },
    async ({ client, conn, server, script }) => {
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.sends("HELLO\n", hangUp());
      await script.step("the input of your client stays open", () => {});
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
  clientCase(
    "reports a server that closes before all is answered",
    { guards: [18] },
    async ({ client, conn, server }) => {
      await client.hears("one");
      await client.hears("two");
      await client.hearsNoMore();
      await conn.gets("one\ntwo\n");
      await conn.gets(end());
      await conn.sends("ONE\n", hangUp());
      await client.prints("ONE");
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
  clientCase(
    "sends all of a line of 12 MiB",
    { guards: [2], known: [writesOnce] },
    async ({ client, conn }) => {
      const line = "a".repeat(12 * MiB); // more than the system's buffers take at once
      const { taken } = await client.hearsMany([line]);
      taken.then(() => client.program.endInput());
      await conn.gets(`${line}\n`);
      await conn.gets(end());
      await conn.sends("OK\n", hangUp());
      await client.printsAll("OK\n");
    },
  ),
  clientCase(
    "reports a server that resets the connection",
    { guards: [18], canReset: true },
    async ({ client, conn, server }) => {
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.does(reset());
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
  clientCase(
    "reports a server that has answered everything and resets the connection",
    { guards: [17, 18], canReset: true },
    async ({ client, conn, server }) => {
      await client.hears("hello");
      await client.hearsNoMore();
      await conn.gets("hello\n");
      await conn.gets(end());
      await conn.sends("HELLO\n");
      await client.prints("HELLO");
      await conn.does(reset());
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
];

/** The check of lesson 05. */
export const check: Check = {
  lesson: "05_sticky_packets",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("exchange 200 lines", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, [], whose.client);
      await client.hearsMany(lines);
      await client.hearsNoMore();
      await client.printsAll(ANSWERS);
    }),
  ],
  own,
  python,
};

register(check, import.meta.url);
