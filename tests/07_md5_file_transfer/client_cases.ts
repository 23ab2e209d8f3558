/**
 * The cases of a client.
 *
 * @module
 */
import { toBytes } from "../../kit/bytes.ts";
import type { Case } from "../../kit/case.ts";
import {
  caseOf,
  type CaseOptions,
  clientCase,
  meetClient,
} from "../../kit/cases.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { json } from "../../kit/expectations/json.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import { refusesWords } from "../../kit/wrong_call.ts";
import { type Contents, files, holds, isWhole, path } from "./files.ts";
import {
  HELLO,
  joined,
  LARGE,
  lineFor,
  md5Of,
  message,
  MiB,
} from "./messages.ts";
import {
  comparesNothing,
  getsToEnd,
  leavesHalf,
  overwrites,
  sendsOn,
} from "./misunderstandings.ts";
import { takes } from "./peers.ts";

/** More than the systems of both sides hold for somebody who does not read, and what is read before. */
const HUGE = 24 * MiB;

/** Words that ask for nothing. */
const NO_CALLS = [["list", "extra"], ["get", "a", "b", "c"], ["put"], ["LIST"]];

/** Answers to `list` that are none. */
const REFUSED_LISTS: [what: string, answer: unknown, ...words: string[]][] = [
  [
    "a list that is refused",
    { ok: false, error: "no lists today" },
    "no lists today",
  ],
  ["a list that is none", { ok: true, files: 5 }],
];

const OLD: Contents = { "a.txt": toBytes("the old content") };

/** A client that gets a file which cannot be right keeps what it had: an old file, or nothing. */
function keepsNothing(
  what: string,
  send: (conn: TcpPeer) => Promise<void>,
  options: CaseOptions & {
    readonly old?: Contents;
    /** What is in its error line. */
    readonly words?: string;
  } = {},
): Case {
  const { old = OLD, words = "" } = options;
  const guards = [11, 17];
  return caseOf("client", `keeps nothing of a file ${what}`, {
    guards,
    ...options,
  }, async (script) => {
    await files(script, { "here/b.txt": HELLO });
    for (const [name, body] of Object.entries(old)) {
      await files(script, { [`here/${name}`]: body });
    }
    const args = ["get", "a.txt", "here/a.txt"];
    const { client, conn } = await meetClient(script, { ...options, args });
    await conn.gets(frames(json({ op: "get", name: "a.txt" })));
    await send(conn);
    await client.gives(1, words);
    await holds(script, "here", { ...old, "b.txt": HELLO });
  });
}

/** In the order in which a learner should meet them. */
export const clientCases: Case[] = [
  clientCase("prints a list, also one of more than 1 MiB", {
    guards: [8],
    args: ["list"],
    mostOutput: 4 * MiB,
  }, async ({ client, conn }) => {
    await conn.gets(frames(json({ op: "list" })));
    const files = [
      { name: "a b", size: 0 },
      { name: "中文", size: 1e12 },
      ...Array.from(
        { length: 5000 },
        (_, i) => ({ name: `${i} ${"a".repeat(220)}`, size: i }),
      ),
    ];
    await conn.sends(message({ ok: true, files }), cut(3, 7, 2 * MiB));
    const lines = files.map(({ name, size }) => `${size} ${name}`);
    await client.printsAll(lines.join("\n"));
  }),
  ...REFUSED_LISTS.map(([what, answer, ...words]) =>
    clientCase(`reports ${what}`, {
      guards: [11],
      args: ["list"],
    }, async ({ client, conn }) => {
      await conn.gets(frames(json({ op: "list" })));
      await conn.sends(message(answer), hangUp());
      await client.gives(1, ...words);
    })
  ),
  {
    name: "client puts a file and prints the receipt's facts",
    role: "client",
    guards: [9],
    async script(script) {
      await files(script, { "here/two words.txt": HELLO });
      const { client, conn } = await meetClient(script, {
        args: [
          "put",
          "here/two words.txt",
        ],
      });
      const name = "two words.txt";
      await conn.gets(frames(
        json({ op: "put", name, size: 5, md5: md5Of(HELLO) }),
      ));
      await conn.gets(HELLO);
      await conn.sends(
        message({ ok: true, name, md5: md5Of(HELLO), bytes: 5 }),
      );
      await client.printsAll(lineFor(name, HELLO));
    },
  },
  {
    name: "client puts 5 MiB under another name",
    role: "client",
    guards: [9],
    async script(script) {
      await files(script, { large: LARGE });
      const { client, conn } = await meetClient(script, {
        args: [
          "put",
          "large",
          "中文",
        ],
      });
      const [name, size, md5] = ["中文", LARGE.length, md5Of(LARGE)];
      await conn.gets(frames(json({ op: "put", name, size, md5 })));
      await conn.gets(LARGE);
      await conn.sends(message({ ok: true, name, md5, bytes: size }));
      await client.printsAll(lineFor(name, LARGE));
    },
  },
  {
    name:
      "client reports a put that is refused when the server stays and takes no more",
    role: "client",
    guards: [11, 19],
    known: [sendsOn],
    async script(script) {
      await script.step(`large has ${HUGE} bytes`, async () => {
        await Deno.writeFile(path(script, "large"), new Uint8Array());
        await Deno.truncate(path(script, "large"), HUGE);
      });
      const { client, conn } = await meetClient(script, {
        args: ["put", "large"],
      });
      conn.mayGetMore = true; // what is on its way when it is refused
      await conn.sends(message({ ok: false, error: "no room" }));
      conn.mayGetMore = true; // what was on its way when the client heard of it
      await script.step(
        `the server takes ${4 * MiB} bytes at most, and then no more`,
        () => takes(conn, 4 * MiB),
      );
      await client.gives(1, "no room");
    },
  },
  {
    name: "client reports a put that is refused, also in mid-file",
    role: "client",
    guards: [11, 19],
    async script(script) {
      await files(script, { large: LARGE });
      const { client, conn } = await meetClient(script, {
        args: ["put", "large"],
      });
      conn.mayGetMore = true; // what is on its way when it is refused
      await conn.sends(message({ ok: false, error: "no room" }), hangUp());
      await client.gives(1); // the reset that follows may take the reason away
    },
  },
  {
    name: "client reports a receipt that is missing, or for something else",
    role: "client",
    guards: [11, 18],
    async script(script) {
      await files(script, { a: HELLO });
      const header = json({ op: "put", name: "a", size: 5, md5: md5Of(HELLO) });
      for (
        const answer of [
          new Uint8Array(),
          message({ ok: true, name: "a", md5: "0".repeat(32), bytes: 5 }),
          message({ ok: true, name: "a", md5: md5Of(HELLO), bytes: 4 }),
          message({ ok: true, name: "b", md5: md5Of(HELLO), bytes: 5 }),
        ]
      ) {
        const { client, conn } = await meetClient(script, {
          args: ["put", "a"],
        });
        await conn.gets(frames(header));
        await conn.gets(HELLO);
        await conn.sends(answer, hangUp());
        await client.gives(1);
      }
    },
  },
  {
    name: "client reports a file that is missing",
    role: "client",
    guards: [11],
    async script(script) {
      const server = await script.listen();
      server.mayBeCalled = true; // it may look for its file when it is connected
      const client = await script.startClient(server, ["put", "none.txt"]);
      await client.gives(1, "none.txt");
    },
  },
  clientCase(
    "gets a file that comes in parts",
    { guards: [10], args: ["get", "中文"], known: [getsToEnd] },
    async ({ script, client, conn }) => {
      await conn.gets(frames(json({ op: "get", name: "中文" })));
      await conn.sends(
        joined(
          message({ ok: true, name: "中文", size: 5, md5: md5Of(HELLO) }),
          HELLO,
        ),
        cut(1),
      );
      await client.printsAll(lineFor("中文", HELLO)); // the connection is still open
      await script.step(
        "the file is whole",
        () => isWhole(script, "中文", HELLO),
      );
    },
  ),
  {
    name: "client gets 5 MiB into a folder",
    role: "client",
    guards: [10, 17],
    async script(script) {
      await files(script, { "here/large": HELLO });
      const { client, conn } = await meetClient(script, {
        args: [
          "get",
          "a",
          "here/large",
        ],
      });
      await conn.gets(frames(json({ op: "get", name: "a" })));
      const md5 = md5Of(LARGE);
      await conn.sends(
        joined(
          message({ ok: true, name: "a", size: LARGE.length, md5 }),
          LARGE,
        ),
      );
      await client.printsAll(lineFor("large", LARGE));
      await holds(script, "here", { large: LARGE });
    },
  },
  keepsNothing("that breaks off", async (conn) => {
    const head = { ok: true, name: "a.txt", size: LARGE.length };
    const whole = joined(message({ ...head, md5: md5Of(LARGE) }), LARGE);
    await conn.sends(whole.subarray(0, -1));
    await conn.does(reset());
  }, { canReset: true, known: [overwrites, leavesHalf] }),
  keepsNothing("that is cut short", async (conn) => {
    const head = { ok: true, name: "a.txt", size: 5, md5: md5Of(HELLO) };
    await conn.sends(
      joined(message(head), HELLO.subarray(0, 4)),
      hangUp(),
    );
  }, { old: {}, known: [leavesHalf] }),
  keepsNothing("whose MD5 is wrong", async (conn) => {
    const head = { ok: true, name: "a.txt", size: 5, md5: "0".repeat(32) };
    await conn.sends(joined(message(head), HELLO), hangUp());
  }, { known: [comparesNothing, leavesHalf], old: {} }),
  keepsNothing("that is refused", async (conn) => {
    await conn.sends(message({ ok: false, error: "gone for today" }), hangUp());
  }, { words: "gone for today" }),
  keepsNothing("whose size is impossible", async (conn) => {
    const head = { ok: true, name: "a.txt", size: -5, md5: md5Of(HELLO) };
    await conn.offers(joined(message(head), HELLO), hangUp());
  }),
  ...NO_CALLS.map((words) => ({ ...refusesWords(...words), guards: [12] })),
];
