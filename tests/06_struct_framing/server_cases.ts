/**
 * The cases of a server.
 *
 * @module
 */
import { join, toBytes } from "../../kit/bytes.ts";
import type { Case } from "../../kit/case.ts";
import { serverCase } from "../../kit/cases.ts";
import { end } from "../../kit/expectations/end.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { anyError, json } from "../../kit/expectations/json.ts";
import { words } from "../../kit/expectations/line.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { frame } from "../../kit/frames.ts";
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
  dropsPart,
  losesStream,
  readsPrefixOnce,
  trustsLength,
  writesOnce,
} from "./misunderstandings.ts";

/** A byte that UTF-8 has nowhere. */
const BAD_UTF8 = new Uint8Array([0xff]);

/** Requests of each kind, by what is wrong with them. */
const REFUSED: [what: string, ...payloads: (string | Uint8Array)[]][] = [
  [
    "empty frames, and others that are not JSON,",
    "",
    "hello",
    '{"op":"upper","text":"a"',
    "{}{}",
    new Uint8Array([0xff, 0xfe, 0xfd]),
    join([toBytes('{"op":"upper","text":"'), BAD_UTF8, toBytes('"}')]),
  ],
  ["JSON that is no object", "[]", "null", "5", '"upper"', "true"],
  [
    "an op that is not known",
    "{}",
    '{"op":"shout","text":"a"}',
    '{"op":5}',
    '{"op":"toString"}',
    '{"op":"UPPER","text":"a"}',
  ],
  [
    "a wrong argument",
    '{"op":"upper"}',
    '{"op":"upper","text":5}',
    '{"op":"upper","text":null}',
    '{"op":"sum"}',
    '{"op":"sum","numbers":6}',
    '{"op":"sum","numbers":"123"}',
    '{"op":"sum","numbers":[1,"2"]}',
    '{"op":"sum","numbers":[1,null]}',
    '{"op":"repeat","text":"ab"}',
    '{"op":"repeat","times":3}',
    '{"op":"repeat","text":"ab","times":"3"}',
    '{"op":"repeat","text":"ab","times":-1}',
    '{"op":"repeat","text":"ab","times":1.5}',
    '{"op":"repeat","text":5,"times":3}',
  ],
];

/** How often the script is sent for all cuts: each serves for 100 requests. */
const TIMES = EVERY_SIZE.length / 2;

/** A length that no server should take: an error, then the end, and the others live. */
function refuses(what: string, length: number, rest: number): Case {
  return serverCase(
    `answers ${what}`,
    { known: [trustsLength] },
    async ({ server, client, script }) => {
      const hello = upper("hello");
      await client.asks(
        join([hello.sent, frame("", length)]),
        frames(hello.wanted, anyError),
      );
      await client.gets(end("sees that the server sends no more"));
      await client.sends("x".repeat(rest)); // it is still read, and forgotten
      await client.does(hangUp());
      const next = await script.connect(server);
      await next.exchanges(hello.sent, frames(hello.wanted));
    },
  );
}

/** A connection that ends after a part of a frame. */
function logs(what: string, part: Uint8Array): Case {
  return serverCase(`logs a connection that ends inside ${what}`, {
    known: [dropsPart],
  }, async ({ server, client, script }) => {
    await server.connected(client);
    const hello = upper("hello");
    await client.exchanges(hello.sent, frames(hello.wanted));
    await client.asks(part, end(), halfClose());
    await server.prints(words(client.address));
    const next = await script.connect(server);
    await server.connected(next);
    await next.exchanges(hello.sent, frames(hello.wanted));
  });
}

/** In the order in which a learner should meet them. */
export const serverCases: Case[] = [
  serverCase(
    "answers request after request",
    { known: [bigEndian] },
    async ({ client }) => {
      for (
        const { sent, wanted } of [
          upper("hello"),
          upper("grün, 你好 😀"),
          upper(""),
          ok({ op: "sum", numbers: [1, 2.5, -4] }, -0.5),
          ok({ op: "sum", numbers: [] }, 0),
          ok({ op: "repeat", text: "ab", times: 3 }, "ababab"),
          ok({ op: "repeat", text: "ab", times: 0 }, ""),
        ]
      ) {
        await client.asks(sent, frames(wanted));
      }
    },
  ),
  serverCase("answers JSON in any spelling", {}, async ({ client }) => {
    const spelled =
      '{\n  "text": "\\u0061b",\n  "more": [{}],\n  "op": "upper"\n}';
    await client.asks(frame(spelled), frames(json({ ok: "AB" })));
    await client.asks(
      frame('{"numbers":[1e2,2.50],"op":"sum"}'),
      frames(json({ ok: 102.5 })),
    );
  }),
  serverCase(
    "answers three requests that come in one write",
    {},
    async ({ client }) => {
      const three = ["one", "two", "three"].map(upper);
      await client.asks(bytesOf(three), frames(...wantedOf(three)));
    },
  ),
  serverCase("answers a request whose length is cut after each of its bytes", {
    known: [readsPrefixOnce],
  }, async ({ client }) => {
    for (const at of [1, 2, 3, 4]) {
      const [first, second] = [upper("one"), upper(`two ${"x".repeat(300)}`)];
      await client.asks(
        join([first.sent, second.sent.subarray(0, at)]),
        frames(first.wanted),
      );
      await client.asks(second.sent.subarray(at), frames(second.wanted));
    }
  }),
  serverCase("answers the request after one that is not JSON", {
    known: [losesStream],
  }, async ({ client }) => {
    const both = [refused("hello"), upper("hello")];
    await client.asks(bytesOf(both), frames(...wantedOf(both)));
  }),
  serverCase(
    "answers two frames and a half, and then the other half",
    {},
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
  serverCase(
    "answers 200 requests again and again, in writes of every size",
    {},
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
    {},
    async ({ client }) => {
      await client.asks(
        bytesOf(script),
        frames(...wantedOf(script)),
        halfClose(),
      );
      await client.gets(end());
    },
  ),
  ...REFUSED.map(([what, ...payloads]) =>
    serverCase(
      `answers ${what} with an error, and goes on`,
      {},
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
    {},
    async ({ client }) => {
      const requests = [
        { op: "repeat", text: "ab", times: 524_289 },
        { op: "repeat", text: "a", times: 1e12 },
        { op: "repeat", text: "你", times: 400_000 }, // characters are not bytes
        { op: "sum", numbers: [1e308, 1e308] },
      ];
      const exchanges = requests.flatMap((request) => [
        refused(JSON.stringify(request)),
        upper("and on"),
      ]);
      await client.asks(bytesOf(exchanges), frames(...wantedOf(exchanges)));
    },
  ),
  serverCase(
    "answers a frame of exactly the limit",
    { known: [writesOnce] },
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
    MiB + 1,
  ),
  refuses("a negative length with an error", -1, 0),
  refuses("a length of 2 GiB with an error", 2 ** 31 - 1, MiB),
  logs("a length", frame("hello").subarray(0, 3)),
  logs("a payload", frame('{"op":"upper","text":"half"}').subarray(0, 20)),
  serverCase(
    "answers five clients at once",
    {},
    async ({ script, server, client }) => {
      const clients = [client];
      while (clients.length < 5) clients.push(await script.connect(server));
      const { sent, wanted } = upper("half and half");
      for (const client of clients) await client.sends(sent.subarray(0, 20));
      for (const client of clients.toReversed()) {
        await client.sends(sent.subarray(20));
      }
      for (const client of clients) await client.gets(frames(wanted));
    },
  ),
  serverCase("answers six requests for 1 MiB when nobody reads", {
    known: [writesOnce],
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
  serverCase(
    "answers others when one has reset its connection",
    {},
    async ({ server, client: steady, script }) => {
      await server.connected(steady);
      const broken = await script.connect(server, { canReset: true });
      await server.connected(broken);
      const { sent, wanted } = upper("still here");
      await broken.sends(sent.subarray(0, 9));
      await broken.does(reset());
      await server.prints(words(broken.address));
      await steady.exchanges(sent, frames(wanted));
      const next = await script.connect(server);
      await next.exchanges(sent, frames(wanted));
    },
  ),
  serverCase(
    "answers 320 requests of 32 KiB while they still come",
    {},
    async ({ client }) => {
      const many = repeated([upper("a".repeat(32 * KiB))], 320);
      await client.exchanges(bytesOf(many), frames(...wantedOf(many)));
    },
  ),
];
