/**
 * The cases of a server.
 *
 * @module
 */
import { join, PREFIX, toBytes } from "../../kit/bytes.ts";
import type { Case } from "../../kit/case.ts";
import { serverCase } from "../../kit/cases.ts";
import { end, halfEnd } from "../../kit/expectations/end.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { anyError, json } from "../../kit/expectations/json.ts";
import { words } from "../../kit/expectations/line.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { cut } from "../../kit/faults/cut.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { frame } from "../../kit/frames.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logs, logsConnected } from "../../kit/log.ts";
import { stays } from "../../kit/stays.ts";
import {
  bytesOf,
  KiB,
  MiB,
  ok,
  refused,
  repeated,
  script,
  upper,
  wantedOf,
} from "./messages.ts";
import {
  bigEndian,
  countsCharacters,
  CUT,
  dropsPart,
  losesStream,
  mixesWrites,
  oneByOne,
  readsPrefixOnce,
  readsToEnd,
  takesAnyLength,
  writesOnce,
} from "./misunderstandings.ts";

/** A byte that UTF-8 has nowhere. */
const BAD_UTF8 = new Uint8Array([0xff]);

/** Requests of each kind, by what is wrong with them. */
const REFUSED: [
  sentence: number,
  what: string,
  ...payloads: (string | Uint8Array)[],
][] = [
  [
    4,
    "empty frames, and others that are not JSON,",
    "",
    "hello",
    '{"op":"upper","text":"a"',
    "{}{}",
    '{"op":"upper","text":"a",}',
    '{"op":"upper","text":"a"}\0',
    new Uint8Array([0xff, 0xfe, 0xfd]),
    join([toBytes('{"op":"upper","text":"'), BAD_UTF8, toBytes('"}')]),
  ],
  [
    4,
    "JSON that is no object",
    "[]",
    "null",
    "5",
    '"upper"',
    "true",
    '[{"op":"upper","text":"a"}]',
  ],
  [
    5,
    "an op that is not known",
    "{}",
    '{"text":"a"}',
    '{"op":["upper"],"text":"a"}',
    '{"op":" upper","text":"a"}',
    '{"op":"shout","text":"a"}',
    '{"op":5}',
    '{"op":"toString"}',
    '{"op":"__proto__"}',
    '{"op":"UPPER","text":"a"}',
  ],
  [
    6,
    "a wrong argument",
    '{"op":"upper"}',
    '{"op":"upper","text":5}',
    '{"op":"upper","text":null}',
    '{"op":"sum"}',
    '{"op":"sum","numbers":6}',
    '{"op":"sum","numbers":"123"}',
    '{"op":"sum","numbers":[1,"2"]}',
    '{"op":"sum","numbers":[1,2,3,4,true]}',
    '{"op":"sum","numbers":[1,null]}',
    '{"op":"sum","numbers":[[]]}',
    '{"op":"sum","numbers":{}}',
    '{"op":"sum","numbers":[true]}',
    '{"op":"sum","numbers":{"length":0}}',
    '{"op":"repeat","text":"ab"}',
    '{"op":"repeat","times":3}',
    '{"op":"repeat","text":"ab","times":"3"}',
    '{"op":"repeat","text":"ab","times":-1}',
    '{"op":"repeat","text":"ab","times":1.5}',
    '{"op":"repeat","text":"ab","times":-0.5}',
    '{"op":"repeat","text":"ab","times":1.0000000001}',
    '{"op":"repeat","text":"ab","times":true}',
    '{"op":"repeat","text":"ab","times":null}',
    '{"op":"repeat","text":"","times":-1}',
    '{"op":"repeat","text":"","times":"3"}',
    '{"op":"repeat","times":0}',
    '{"op":"repeat","text":5,"times":3}',
  ],
];

/** So many clients are there at once. */
const CLIENTS = 50;

/** How often the script is sent for all cuts: each serves for 100 requests. */
const TIMES = EVERY_SIZE.length / 2;

/** A length that no server should take: an error, then the end, and the others live. */
function refuses(what: string, length: number): Case {
  return serverCase(
    `answers ${what}`,
    { guards: [10, 11, 13], known: [takesAnyLength] },
    async ({ server, client, script }) => {
      const hello = upper("hello");
      await client.asks(
        join([hello.sent, frame("", length)]),
        frames(hello.wanted, anyError),
      );
      await client.gets(halfEnd);
      // It is still read, and forgotten. A server that did not would refuse the last two bytes.
      await client.sends("x".repeat(63 * KiB));
      await stays(server, "until it has read what comes");
      await client.sends("xx", cut(1));
      await client.does(hangUp());
      const next = await script.connect(server);
      await next.exchanges(hello.sent, frames(hello.wanted));
    },
  );
}

/** A connection that ends after a part of a frame. */
function logsEnd(what: string, part: Uint8Array): Case {
  return serverCase(`logs a connection that ends inside ${what}`, {
    guards: [12, 13],
    known: [dropsPart],
  }, async ({ server, client, script }) => {
    await logsConnected(server, client);
    const hello = upper("hello");
    await client.exchanges(hello.sent, frames(hello.wanted));
    await client.asks(part, end(), halfClose());
    await logs(server, words(client.address));
    const next = await script.connect(server);
    await logsConnected(server, next);
    await next.exchanges(hello.sent, frames(hello.wanted));
  });
}

/** In the order in which a learner should meet them. */
export const serverCases: Case[] = [
  serverCase(
    "answers request after request",
    {
      guards: [1, 2, 3],
      known: [bigEndian, countsCharacters, readsToEnd],
    },
    async ({ server, client }) => {
      await logsConnected(server, client);
      for (
        const { sent, wanted } of [
          upper("hello"),
          upper("你好"),
          upper(' "grün",\u2028\0你好 😀 straße ı '),
          upper(""),
          ok({ op: "sum", numbers: [1, 2.5, -4] }, -0.5),
          ok({ op: "sum", numbers: [] }, 0),
          ok({ op: "sum", numbers: [1e-7, 5e-7] }, 1e-7 + 5e-7),
          upper("𐐨"), // a letter of two units
          ok({ op: "repeat", text: "ab", times: 3 }, "ababab"),
          ok({ op: "repeat", text: "ab", times: 0 }, ""),
          ok({ op: "repeat", text: "", times: 2_000_000 }, ""),
          ok({
            ...{ id: 7, ok: 1, error: "no", times: "x", numbers: -1 },
            ...{ op: "upper", text: "other keys" },
          }, "OTHER KEYS"),
        ]
      ) {
        await client.asks(sent, frames(wanted));
      }
    },
  ),
  serverCase(
    "answers JSON in any spelling",
    { guards: [3] },
    async ({ client }) => {
      const spelled =
        '{\n  "text": "\\u0061b",\n  "more": [{}],\n  "op": "upper"\n}';
      await client.asks(frame(spelled), frames(json({ ok: "AB" })));
      await client.asks(
        frame('{"numbers":[1e2,2.50],"op":"sum"}'),
        frames(json({ ok: 102.5 })),
      );
    },
  ),
  serverCase(
    "answers three requests that come in one write",
    { guards: [2] },
    async ({ client }) => {
      const three = ["one", "two", "three"].map(upper);
      await client.asks(bytesOf(three), frames(...wantedOf(three)));
    },
  ),
  serverCase("answers the request after one that is not JSON", {
    guards: [4, 8],
    known: [losesStream],
  }, async ({ client }) => {
    const both = [refused("hello"), upper("hello")];
    await client.asks(bytesOf(both), frames(...wantedOf(both)));
  }),
  serverCase(
    "answers two frames and a half, and then the other half",
    { guards: [2] },
    async ({ client }) => {
      const [one, two, three] = [
        upper("one"),
        upper("two"),
        upper("你好 three"),
      ];
      const half = three.sent.length - 10;
      await client.asks(
        join([one.sent, two.sent, three.sent.subarray(0, half)]),
        frames(one.wanted, two.wanted),
      );
      await client.asks(three.sent.subarray(half), frames(three.wanted));
    },
  ),
  serverCase("answers a request whose length is cut after each of its bytes", {
    guards: [2],
    known: [readsPrefixOnce],
  }, async ({ server, client }) => {
    for (const at of [20, 4, 3, 2, 1]) {
      const text = at < 4 ? CUT : "the payload is cut";
      const first = upper("one");
      const second = upper(`${text} ${"x".repeat(300)}`);
      await client.asks(
        join([first.sent, second.sent.subarray(0, at)]),
        frames(first.wanted),
      );
      await stays(server, "for the rest"); // it has read what there is
      await client.asks(second.sent.subarray(at), frames(second.wanted));
    }
  }),
  ...REFUSED.map(([sentence, what, ...payloads]) =>
    serverCase(
      `answers ${what} with an error, and goes on`,
      { guards: [sentence, 8] },
      async ({ client }) => {
        const exchanges = payloads.flatMap((payload) => [
          refused(payload),
          upper("and on"),
        ]);
        await client.asks(bytesOf(exchanges), frames(...wantedOf(exchanges)));
      },
    )
  ),
  serverCase(
    "answers a reply or a sum that would be too large with an error",
    { guards: [7, 8] },
    async ({ client }) => {
      const before = client.inbox.received;
      const short = ok({ op: "repeat", text: "a", times: 1 }, "a");
      await client.asks(short.sent, frames(short.wanted));
      // What stands around the text depends on how the server spells its JSON.
      const spelling = client.inbox.received - before - PREFIX - "a".length;
      const most = MiB - spelling;
      const longest = ok(
        { op: "repeat", text: "a", times: most },
        "a".repeat(most),
      );
      await client.asks(longest.sent, frames(longest.wanted));
      const requests = [
        { op: "repeat", text: "a", times: most + 1 },
        { op: "repeat", text: "ab", times: 524_289 },
        { op: "repeat", text: "a", times: 1e12 },
        { op: "repeat", text: "你", times: 400_000 }, // characters are not bytes
        { op: "repeat", text: "\n", times: 600_000 }, // in JSON it has two bytes at least
        { op: "upper", text: "ΐ".repeat(300_000) }, // two bytes each, six in capitals
        { op: "sum", numbers: [1e308, 1e308] },
        { op: "sum", numbers: [-1e308, -1e308] },
      ].map((request) => JSON.stringify(request));
      requests.push('{"op":"sum","numbers":[1e999]}'); // infinite as soon as it is read
      const exchanges = requests.flatMap((request) => [
        refused(request),
        upper("and on"),
      ]);
      await client.asks(bytesOf(exchanges), frames(...wantedOf(exchanges)));
    },
  ),
  serverCase(
    "answers 200 requests again and again, in writes of every size",
    { guards: [2] },
    async ({ client }) => {
      await client.exchanges(
        bytesOf(repeated(script, TIMES)),
        frames(...wantedOf(repeated(script, TIMES))),
        chop(...EVERY_SIZE),
      );
    },
  ),
  serverCase(
    "answers all requests when the client half-closes first",
    { guards: [2] },
    async ({ client }) => {
      await client.asks(
        bytesOf(script),
        frames(...wantedOf(script)),
        halfClose(),
      );
      await client.gets(end());
    },
  ),
  serverCase(
    "lives on after a request that has more in it than others",
    { guards: [3, 4, 13] },
    async ({ script, server, client }) => {
      const many = ok({ op: "sum", numbers: Array(500_000).fill(1) }, 500_000);
      await client.exchanges(many.sent, frames(many.wanted));
      const depth = 200_000;
      const deep = refused(`${"[".repeat(depth)}${"]".repeat(depth)}`);
      await client.exchanges(deep.sent, frames(deep.wanted));
      const next = await script.connect(server);
      const { sent, wanted } = upper("hello");
      await next.exchanges(sent, frames(wanted));
    },
  ),
  serverCase(
    "answers a frame of exactly the limit",
    { guards: [9, 10], known: [writesOnce] },
    async ({ client }) => {
      const room = MiB - '{"op":"upper","text":""}'.length;
      const longest = upper("a".repeat(room));
      await client.exchanges(longest.sent, frames(longest.wanted));
      await client.exchanges(
        longest.sent,
        frames(longest.wanted),
        chop(64 * KiB),
      );
    },
  ),
  refuses(
    "a length of one more than the limit with an error",
    MiB + 1,
  ),
  refuses("a negative length with an error", -1),
  refuses("the least length that there is with an error", -(2 ** 31)),
  refuses("a length of 2 GiB with an error", 2 ** 31 - 1),
  logsEnd("a length", frame("hello").subarray(0, 3)),
  logsEnd("a payload", frame('{"op":"upper","text":"half"}').subarray(0, 20)),
  serverCase(
    "answers fifty clients at once",
    { guards: [14], known: [oneByOne] },
    async ({ script, server, client }) => {
      const { sent, wanted } = upper("half and half");
      await client.sends(sent.subarray(0, 20));
      const two = await script.connect(server, { us: "client two" });
      await two.asks(sent, frames(wanted));
      const clients = [client, two];
      while (clients.length < CLIENTS) {
        const us = `client ${clients.length + 1}`;
        clients.push(await script.connect(server, { us }));
      }
      for (const other of clients.slice(1)) {
        await other.sends(sent.subarray(0, 20));
      }
      for (const client of clients.toReversed()) {
        await client.asks(sent.subarray(20), frames(wanted));
      }
    },
  ),
  serverCase("answers six requests for 1 MiB when nobody reads", {
    guards: [9],
    known: [mixesWrites, writesOnce],
  }, async ({ server, client, script }) => {
    const large = repeated(["A", "B", "C", "D", "E", "F"], 1).map((text) =>
      ok({ op: "repeat", text, times: 1_048_000 }, text.repeat(1_048_000))
    );
    await client.sends(bytesOf(large));
    // Each round trip of another client is a turn for the server: by then it
    // has written what the system takes, and one write came back short.
    const other = await script.connect(server);
    const turns = repeated([upper("a turn")], 30);
    for (const { sent, wanted } of turns.slice(1)) {
      await other.wire.write(sent);
      await frames(wanted).take(other.inbox);
    }
    await other.exchanges(
      turns[0]?.sent ?? "",
      frames(...wantedOf(turns.slice(0, 1))),
    );
    await client.gets(frames(...wantedOf(large)));
  }),
  serverCase("answers others when some break off", {
    guards: [12, 13],
    known: [dropsPart],
  }, async ({ server, client: steady, script }) => {
    const { sent, wanted } = upper("still here");
    await logsConnected(server, steady);
    const broken = await script.connect(server, { canReset: true });
    await logsConnected(server, broken);
    await broken.sends(sent.subarray(0, 9));
    await broken.does(reset());
    await logs(server, words(broken.address));
    await steady.exchanges(sent, frames(wanted));
    const gone = await script.connect(server);
    await logsConnected(server, gone);
    await gone.sends(sent.subarray(0, 9), hangUp());
    await logs(server, words(gone.address));
    await whileHeldUp(server, async () => {
      const unread = await script.connect(server);
      await unread.sends(bytesOf(repeated([upper("unread")], 200)), hangUp());
      const queued = await script.connect(server, { canReset: true });
      await queued.does(reset());
    });
    await steady.exchanges(sent, frames(wanted));
    const drained = await script.connect(server, { canReset: true });
    await drained.asks(frame("", -1), frames(anyError));
    await drained.does(reset());
    await steady.exchanges(sent, frames(wanted));
    const next = await script.connect(server);
    await next.exchanges(sent, frames(wanted));
  }),
  serverCase(
    "answers 320 requests of 32 KiB while they still come",
    { guards: [2, 9] },
    async ({ client }) => {
      const many = repeated([upper("a".repeat(32 * KiB))], 320);
      await client.exchanges(bytesOf(many), frames(...wantedOf(many)));
    },
  ),
];
