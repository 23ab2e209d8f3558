/**
 * The cases of a client.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import { toBytes } from "../../kit/bytes.ts";
import type { Case, Misunderstanding } from "../../kit/case.ts";
import { clientCase } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { stall } from "../../kit/faults/stall.ts";
import { hearsLast } from "../../kit/last_line.ts";
import type { Fault } from "../../kit/plan.ts";
import { stays } from "../../kit/stays.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { manyLines, MiB } from "./lines.ts";
import {
  decodesChunks,
  keepsCr,
  losesTail,
  readIsLine,
  waitsForAnswers,
  waitsForInput,
  writesAllFirst,
  writesOnce,
} from "./misunderstandings.ts";

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

/** In the order in which a learner should meet them. */
export const clientCases: Case[] = [
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
