/**
 * The check of lesson 06, "small RPC".
 *
 * JSON has many spellings: the order of keys, white space, escapes. So replies
 * and requests are compared as values, whatever their bytes are; an `error` may
 * have any words. Frames are compared by what they hold, not by how many writes
 * they came in.
 *
 * As in lesson 05, where a cut must be seen as a cut, the rest is sent when the
 * reply to what came before is back.
 *
 * @module
 */
import { join, toBytes } from "../kit/bytes.ts";
import { type Case, type Check, type Misunderstanding } from "../kit/case.ts";
import { end } from "../kit/expectations/end.ts";
import { frames } from "../kit/expectations/frames.ts";
import { anyError, json, type WantedJson } from "../kit/expectations/json.ts";
import { words } from "../kit/expectations/line.ts";
import { more } from "../kit/expectations/more.ts";
import { jsonLines } from "../kit/expectations/output.ts";
import { chop } from "../kit/faults/chop.ts";
import { cut } from "../kit/faults/cut.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { stall } from "../kit/faults/stall.ts";
import { frame } from "../kit/frames.ts";
import { pairMatrix } from "../kit/pairs.ts";
import type { Fault } from "../kit/plan.ts";
import { printsWhenAllIsSent } from "../kit/proofs.ts";
import { Random } from "../kit/random.ts";
import { register } from "../kit/register.ts";
import { refusesWords } from "../kit/wrong_call.ts";

const bigEndian: Misunderstanding = {
  says: "this is what a program does that puts the length's high byte first",
  read: "The idea",
  shows: ({ received }) => received.startsWith("\0\0"),
};

const readsPrefixOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one read for the whole of a length",
  read: "Read the code",
  shows: ({ received, expected }) =>
    expected !== "" && received !== expected && !received.startsWith("\0\0"),
};

const trustsLength: Misunderstanding = {
  says: "this is what a program does that trusts the length",
  read: "Read the code",
  shows: ({ received, silent, stderr }) =>
    received === "" &&
    (silent || /typed array length|allocation failed/.test(stderr)),
  // It answers when it has got what was announced.
  async proof({ peer }) {
    await peer.sends("x".repeat(MiB + 1));
    await peer.gets(more());
  },
};

const writesOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one write for all of a large reply",
  read: "Read the code",
  shows: ({ received, expected }) =>
    received.length > MiB / 2 &&
    received.slice(4, 10) === expected.slice(4, 10),
};

const losesStream: Misunderstanding = {
  says:
    "this is what a program does that gives up the stream after a frame that is not JSON",
  read: "Exercise",
  shows: ({ received, silent }) => received === "" && !silent,
};

const dropsPart: Misunderstanding = {
  says: "this is what a program does that drops a part of a frame silently",
  read: "Exercise",
  shows: ({ silent, step }) => silent && step.includes(" prints a line with "),
  // It has closed this connection, and it serves the next.
  async proof(script) {
    const next = await script.connect(script.server);
    await next.sends(upper("hello").sent);
    await next.gets(frames(upper("hello").wanted));
  },
};

const writesAllFirst: Misunderstanding = {
  says:
    "this is what a program does that sends all its requests before it reads a reply",
  read: "Exercise",
  shows: ({ silent, stdout }) => silent && stdout === "",
  proof: printsWhenAllIsSent,
};

const waitsForReplies: Misunderstanding = {
  says:
    "this is what a program does that waits for each reply before it sends the next request",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    silent && received === "" && expected !== "",
  // The reply to what it has sent brings more.
  async proof({ peer }) {
    await peer.sends(frame('{"ok":""}'));
    await peer.gets(more());
  },
};

const KiB = 1024;
const MiB = 1024 * KiB;

/** A request as a frame, and what should come back. */
interface Exchange {
  readonly sent: Uint8Array;
  readonly wanted: WantedJson;
}

/** A request, any value, that gets this. */
function ok(request: unknown, result: unknown): Exchange {
  const sent = frame(JSON.stringify(request));
  return { sent, wanted: { ...json({ ok: result }), answers: sent } };
}

/** A payload that gets an error. */
function refused(payload: string | Uint8Array): Exchange {
  const sent = frame(payload);
  return { sent, wanted: { ...anyError, answers: sent } };
}

const upper = (text: string) => ok({ op: "upper", text }, text.toUpperCase());

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

/** 200 requests of all kinds, the same in each run: characters of 1 to 4 bytes, errors between. */
const script = (() => {
  const random = new Random(6);
  const words = ["hello", "grün", "你好", "😀", "x", ""];
  const bad = ["", "[", "[]", '{"op":"a"}', '{"op":"sum"}'];
  return Array.from({ length: 200 }, () => {
    const text = random.pick(words);
    const numbers = Array.from(
      { length: random.between(0, 3) },
      () => random.between(-9, 99),
    );
    const times = random.between(0, 3);
    return random.pick([
      upper(text),
      ok({ op: "sum", numbers }, numbers.reduce((a, b) => a + b, 0)),
      ok({ op: "repeat", text, times }, text.repeat(times)),
      refused(random.pick(bad)),
    ]);
  });
})();

/** Every cut that the check tries, in bytes. */
const SIZES: [number, ...number[]] = [
  1,
  ...Array.from({ length: 63 }, (_, i) => i + 2),
  ...[128, 256, 512, 1024, 2048, 4096],
];

/** How often the script is sent for all cuts: each serves for 100 requests. */
const TIMES = SIZES.length / 2;

const bytesOf = (exchanges: readonly Exchange[]) =>
  join(exchanges.map(({ sent }) => sent));
const wantedOf = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ wanted }) => wanted);

/** The same again and again. */
function repeated<T>(list: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => list).flat();
}

/** A scripted client sends frames, with faults, and gets these replies. */
function answers(
  what: string,
  script: Case["script"],
  ...known: Misunderstanding[]
): Case {
  return { name: `server answers ${what}`, role: "server", known, script };
}

/** A length that no server should take: an error, then the end, and the others live. */
function refuses(what: string, length: number, rest: number): Case {
  return answers(what, async (script) => {
    const server = await script.startServer();
    const client = await script.connect(server);
    const hello = upper("hello");
    await client.sends(join([hello.sent, frame("", length)]));
    await client.gets(frames(hello.wanted, anyError));
    await client.gets(end("sees that the server sends no more"));
    await client.sends("x".repeat(rest)); // it is still read, and forgotten
    await client.does(hangUp());
    const next = await script.connect(server);
    await next.exchanges(hello.sent, frames(hello.wanted));
  }, trustsLength);
}

/** A connection that ends after a part of a frame. */
function logs(what: string, part: Uint8Array): Case {
  return {
    name: `server logs a connection that ends inside ${what}`,
    role: "server",
    known: [dropsPart],
    async script(script) {
      const server = await script.startServer();
      const client = await script.connect(server);
      await server.connected(client);
      const hello = upper("hello");
      await client.exchanges(hello.sent, frames(hello.wanted));
      await client.sends(part, halfClose());
      await client.gets(end());
      await server.prints(words(client.address));
      const next = await script.connect(server);
      await server.connected(next);
      await next.exchanges(hello.sent, frames(hello.wanted));
    },
  };
}

const serverCases: Case[] = [
  answers("request after request", async (script) => {
    const client = await script.connect(await script.startServer());
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
      await client.sends(sent);
      await client.gets(frames(wanted));
    }
  }, bigEndian),
  answers("JSON in any spelling", async (script) => {
    const client = await script.connect(await script.startServer());
    const spelled =
      '{\n  "text": "\\u0061b",\n  "more": [{}],\n  "op": "upper"\n}';
    await client.sends(frame(spelled));
    await client.gets(frames(json({ ok: "AB" })));
    await client.sends(frame('{"numbers":[1e2,2.50],"op":"sum"}'));
    await client.gets(frames(json({ ok: 102.5 })));
  }),
  answers("three requests that come in one write", async (script) => {
    const client = await script.connect(await script.startServer());
    const three = ["one", "two", "three"].map(upper);
    await client.sends(bytesOf(three));
    await client.gets(frames(...wantedOf(three)));
  }),
  answers(
    "a request whose length is cut after each of its bytes",
    async (script) => {
      const client = await script.connect(await script.startServer());
      for (const at of [1, 2, 3, 4]) {
        const [first, second] = [upper("one"), upper(`two ${"x".repeat(300)}`)];
        await client.sends(join([first.sent, second.sent.subarray(0, at)]));
        await client.gets(frames(first.wanted));
        await client.sends(second.sent.subarray(at));
        await client.gets(frames(second.wanted));
      }
    },
    readsPrefixOnce,
  ),
  answers("the request after one that is not JSON", async (script) => {
    const client = await script.connect(await script.startServer());
    const both = [refused("hello"), upper("hello")];
    await client.sends(bytesOf(both));
    await client.gets(frames(...wantedOf(both)));
  }, losesStream),
  answers("two frames and a half, and then the other half", async (script) => {
    const client = await script.connect(await script.startServer());
    const [one, two, three] = [upper("one"), upper("two"), upper("你好 three")];
    const half = three.sent.length - 10;
    await client.sends(
      join([one.sent, two.sent, three.sent.subarray(0, half)]),
    );
    await client.gets(frames(one.wanted, two.wanted));
    await client.sends(three.sent.subarray(half));
    await client.gets(frames(three.wanted));
  }),
  answers(
    "200 requests again and again, in writes of every size",
    async (script_) => {
      const client = await script_.connect(await script_.startServer());
      await client.exchanges(
        bytesOf(repeated(script, TIMES)),
        frames(...wantedOf(repeated(script, TIMES))),
        chop(...SIZES),
      );
    },
  ),
  answers("all requests when the client half-closes first", async (script_) => {
    const client = await script_.connect(await script_.startServer());
    await client.sends(bytesOf(script), halfClose());
    await client.gets(frames(...wantedOf(script)));
    await client.gets(end());
  }),
  ...REFUSED.map(([what, ...payloads]) =>
    answers(`${what} with an error, and goes on`, async (script) => {
      const client = await script.connect(await script.startServer());
      const exchanges = payloads.flatMap((payload) => [
        refused(payload),
        upper("and on"),
      ]);
      await client.sends(bytesOf(exchanges));
      await client.gets(frames(...wantedOf(exchanges)));
    })
  ),
  answers(
    "a reply or a sum that would be too large with an error",
    async (script) => {
      const client = await script.connect(await script.startServer());
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
      await client.sends(bytesOf(exchanges));
      await client.gets(frames(...wantedOf(exchanges)));
    },
  ),
  answers("a frame of exactly the limit", async (script) => {
    const client = await script.connect(await script.startServer());
    const room = MiB - '{"op":"upper","text":""}'.length;
    const longest = upper("a".repeat(room));
    await client.exchanges(longest.sent, frames(longest.wanted));
    await client.exchanges(
      longest.sent,
      frames(longest.wanted),
      chop(64 * KiB),
    );
  }, writesOnce),
  refuses(
    "a length of one more than the limit with an error",
    MiB + 1,
    MiB + 1,
  ),
  refuses("a negative length with an error", -1, 0),
  refuses("a length of 2 GiB with an error", 2 ** 31 - 1, MiB),
  logs("a length", frame("hello").subarray(0, 3)),
  logs("a payload", frame('{"op":"upper","text":"half"}').subarray(0, 20)),
  answers("five clients at once", async (script) => {
    const server = await script.startServer();
    const clients = [];
    for (let i = 0; i < 5; i++) clients.push(await script.connect(server));
    const { sent, wanted } = upper("half and half");
    for (const client of clients) await client.sends(sent.subarray(0, 20));
    for (const client of clients.toReversed()) {
      await client.sends(sent.subarray(20));
    }
    for (const client of clients) await client.gets(frames(wanted));
  }),
  answers("six requests for 1 MiB when nobody reads", async (script) => {
    const server = await script.startServer();
    const client = await script.connect(server);
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
  }, writesOnce),
  answers("others when one has reset its connection", async (script) => {
    const server = await script.startServer();
    const steady = await script.connect(server);
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
  }),
  answers("320 requests of 32 KiB while they still come", async (script) => {
    const client = await script.connect(await script.startServer());
    const many = repeated([upper("a".repeat(32 * KiB))], 320);
    await client.exchanges(bytesOf(many), frames(...wantedOf(many)));
  }),
];

/** What a client is called with, and the request that it should send. */
const CALLS: [words: string[], request: unknown][] = [
  [["upper", "hello, 你好"], { op: "upper", text: "hello, 你好" }],
  [["sum", "--", "-1.5", "2", "3"], { op: "sum", numbers: [-1.5, 2, 3] }],
  [["repeat", "ab", "3"], { op: "repeat", text: "ab", times: 3 }],
];

/** A scripted server takes a request and replies, with faults. */
function prints(
  what: string,
  replies: Uint8Array,
  faults: Fault[],
  printed: readonly WantedJson[],
  ...known: Misunderstanding[]
): Case {
  return {
    name: `client prints replies that come ${what}`,
    role: "client",
    known,
    async script(script) {
      script.mostOutput = 4 * MiB;
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      for (const _ of printed) await client.hears('{"op":"sum","numbers":[]}');
      await client.hearsNoMore();
      const sum = json({ op: "sum", numbers: [] });
      await conn.gets(frames(...repeated([sum], printed.length)));
      await conn.gets(end());
      await conn.offers(replies, ...faults, hangUp());
      await client.printsAll(jsonLines(...printed));
    },
  };
}

/** A server that does not keep to the protocol: the client says so. */
function reports(
  what: string,
  reply: Uint8Array,
  ...faults: Fault[]
): Case {
  return {
    name: `client reports a server that ${what}`,
    role: "client",
    async script(script) {
      const canReset = faults.some(({ says }) => says === reset().says);
      const server = await script.listen({ canReset });
      const client = await script.startClient(server, ["upper", "hello"]);
      const conn = await client.connects(server);
      await conn.gets(frames(json({ op: "upper", text: "hello" })));
      await conn.offers(reply, ...faults);
      await client.gives(1);
    },
  };
}

/** Lines that are requests and would do as replies: what comes back of them can be printed. */
const manyLines = Array.from(
  { length: 320 },
  (_, i) =>
    JSON.stringify({
      op: "upper",
      text: "a",
      ok: `${i} ${"a".repeat(32 * KiB)}`,
    }),
);

const clientCases: Case[] = [
  ...CALLS.map(([words, request]): Case => ({
    name: `client sends the request for ${words.join(" ")}`,
    role: "client",
    known: [bigEndian],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, words);
      const conn = await client.connects(server);
      await conn.gets(frames(json(request)));
      await conn.gets(end());
      await conn.sends(frame('{"ok":"fine"}'), hangUp());
      await client.printsAll(jsonLines(json({ ok: "fine" })));
    },
  })),
  {
    name: "client sends the requests of its input without waiting for replies",
    role: "client",
    known: [waitsForReplies],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      const requests = [
        { op: "upper", text: "三" },
        { op: "sum", numbers: [1, 2] },
        { op: "shout" },
      ];
      for (const request of requests) {
        await client.hears(JSON.stringify(request));
      }
      await conn.gets(frames(...requests.map(json)));
      await client.hearsNoMore();
      await conn.gets(end());
      const replies = [{ ok: "三" }, { ok: 3 }, { ok: [] }];
      await conn.sends(
        join(replies.map((reply) => frame(JSON.stringify(reply)))),
        hangUp(),
      );
      await client.printsAll(jsonLines(...replies.map(json)));
    },
  },
  prints(
    "in one write",
    join([
      frame('{"ok":"你好"}'),
      frame('{\n  "ok": 1\r\n}\n'), // white space is no part of the value
      frame('{"ok":""}'),
    ]),
    [],
    [json({ ok: "你好" }), json({ ok: 1 }), json({ ok: "" })],
  ),
  prints(
    "a byte at a time",
    join([frame('{"ok":"你好"}'), frame('{"ok":1}')]),
    [cut(1), stall(2)],
    [json({ ok: "你好" }), json({ ok: 1 })],
    readsPrefixOnce,
  ),
  prints(
    "as 1 MiB",
    frame(`{"ok":"${"A".repeat(MiB - 9)}"}`),
    [],
    [json({ ok: "A".repeat(MiB - 9) })],
  ),
  {
    name: "client prints each reply as it comes",
    role: "client",
    known: [writesAllFirst],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      await client.hears('{"op":"upper","text":"hello"}');
      await conn.gets(frames(json({ op: "upper", text: "hello" })));
      await conn.sends(frame('{"ok":"HELLO"}'));
      await client.prints(json({ ok: "HELLO" }));
      await client.hearsNoMore();
      await conn.gets(end());
      await conn.does(hangUp());
      await client.endsWell();
    },
  },
  {
    name: "client goes on after an error, and ends with exit code 1",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      await client.hears("{}");
      await conn.gets(frames(json({})));
      await conn.sends(frame('{"error":""}')); // an error, whatever is in it
      await client.prints(json({ error: "" }));
      await client.hears('{"op":"sum","numbers":[1]}');
      await client.hearsNoMore();
      await conn.gets(frames(json({ op: "sum", numbers: [1] })));
      await conn.gets(end());
      await conn.sends(frame('{"ok":1}'), hangUp());
      await client.printsAll(
        jsonLines(json({ error: "" }), json({ ok: 1 })),
        1,
      );
      await client.gives(1);
    },
  },
  {
    name: "client sends 320 requests of 32 KiB and takes the replies meanwhile",
    role: "client",
    known: [writesAllFirst],
    async script(script) {
      script.mostOutput = 16 * MiB;
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      const { taken } = await client.hearsMany(manyLines);
      taken.then(() => client.program.endInput());
      const enough = frame(manyLines[0] ?? "").length;
      let count = 0;
      await conn.answers(
        `sends back what comes until ${enough} bytes have come, and reads no more for now`,
        (chunk) => chunk,
        (chunk) => (count += chunk.length) >= enough,
      );
      await client.prints(json(JSON.parse(manyLines[0] ?? "")));
      await conn.answers(
        "sends back what comes until the client has sent all",
        (chunk) => chunk,
      );
      await conn.does(hangUp());
      await client.printsAll(
        jsonLines(...manyLines.map((line) => json(JSON.parse(line)))),
      );
    },
  },
  {
    name: "client reports a server that closes before it has replied",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["-"]);
      const conn = await client.connects(server);
      await client.hears('{"op":"upper","text":"hello"}');
      await conn.gets(frames(json({ op: "upper", text: "hello" })));
      await conn.does(hangUp());
      await client.gives(1); // its input is still open
    },
  },
  reports("resets the connection", new Uint8Array(), reset()),
  reports("closes inside a reply", frame('{"ok":1}').subarray(0, 9), hangUp()),
  reports("announces a negative length", frame("", -1), hangUp()),
  reports("announces a length that is too long", frame("", MiB + 1)),
  ...["hello", "5", "[]"].map((payload) =>
    reports(`replies with ${payload}`, frame(payload), hangUp())
  ),
  refusesWords("repeat", "ab"),
  refusesWords("repeat", "ab", "x"),
  refusesWords("sum", "one"),
  refusesWords("upper"),
  refusesWords("upper", "a", "b"),
  refusesWords("-", "extra"),
];

/** The check of lesson 06. */
export const check: Check = {
  lesson: "06_struct_framing",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("exchange 200 requests", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, ["-"], whose.client);
      const requests = Array.from({ length: 200 }, (_, i) => `${i} 你好 abc`);
      await client.hearsMany(
        requests.map((text) => JSON.stringify({ op: "upper", text })),
      );
      await client.hearsNoMore();
      await client.printsAll(
        jsonLines(...requests.map((text) => json({ ok: text.toUpperCase() }))),
      );
    }),
  ],
  interop: [
    {
      name: "classic Python client with struct talks to the lesson's server",
      role: "pair",
      async script(script) {
        const server = await script.startServer();
        const client = await script.startPythonClient(server);
        await client.printsAll("HELLO\n\n你好 BABY");
        await server.connectedFrom();
        await server.prints("client left");
      },
    },
    {
      name: "lesson's client talks to the classic Python server with struct",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer();
        const client = await script.startClient(server, []);
        await client.hearsMany(["hello", "", "你好 baby"]);
        await client.hearsNoMore();
        await client.printsAll("HELLO\n\n你好 BABY");
        await server.exits(0);
      },
    },
    {
      name: "lesson's server says on one line what is wrong with a frame",
      role: "server",
      async script(script) {
        const server = await script.startServer();
        const says = [
          [frame("", -1), "frame of -1 bytes: 0 to 1048576 are allowed"],
          [
            frame("hello").subarray(0, 6),
            "the stream ended after 2 of 5 bytes of a frame's payload",
          ],
        ] as const;
        for (const [bytes, what] of says) {
          const client = await script.connect(server);
          await server.connected(client);
          await client.sends(bytes, halfClose());
          await client.gets(end());
          await server.prints(`${client.address}: ${what}`);
        }
        const next = await script.connect(server);
        await server.connected(next);
        await next.sends(frame("still here"));
        await next.gets(frame("STILL HERE"));
      },
    },
    {
      name: "Python client with struct and json talks to the solution's server",
      role: "pair",
      async script(script) {
        const server = await script.startServer({ whose: "our" });
        const client = await script.startPythonClient(server, "rpc_client");
        await client.printsAll(
          "你好, BABY\n6.5\nababab\nerror\nerror\nAND ON",
        );
      },
    },
    {
      name: "solution's client talks to the Python server with struct and json",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer("rpc_server");
        const client = await script.startClient(server, ["-"], "our");
        await client.hearsMany([
          '{"op":"upper","text":"你好, baby"}',
          '{"op":"sum","numbers":[1,2,3.5]}',
          '{"op":"repeat","text":"ab","times":3}',
          '{"op":"shout"}',
        ]);
        await client.hearsNoMore();
        await client.printsAll(
          jsonLines(
            json({ ok: "你好, BABY" }),
            json({ ok: 6.5 }),
            json({ ok: "ababab" }),
            anyError,
          ),
          1,
        );
      },
    },
  ],
};

register(check, import.meta.url);
