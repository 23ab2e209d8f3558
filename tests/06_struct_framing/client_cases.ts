/**
 * The cases of a client.
 *
 * @module
 */
import type { ClientActor } from "../../kit/actors.ts";
import { join, toBytes } from "../../kit/bytes.ts";
import type { Case, Misunderstanding } from "../../kit/case.ts";
import { clientCase } from "../../kit/cases.ts";
import { halfEnd } from "../../kit/expectations/end.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { json, type WantedJson } from "../../kit/expectations/json.ts";
import { jsonLines } from "../../kit/expectations/output.ts";
import { cut } from "../../kit/faults/cut.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { stall } from "../../kit/faults/stall.ts";
import { frame } from "../../kit/frames.ts";
import { freePort } from "../../kit/free_port.ts";
import { hearsLast } from "../../kit/last_line.ts";
import type { Fault } from "../../kit/plan.ts";
import { stays } from "../../kit/stays.ts";
import { refusesWords } from "../../kit/wrong_call.ts";
import { waitsForInput } from "../05_sticky_packets/misunderstandings.ts";
import { KiB, MiB, repeated } from "./messages.ts";
import {
  bigEndian,
  countsCharacters,
  mixesWrites,
  noHalfClose,
  readsPrefixOnce,
  waitsForReplies,
  writesAllFirst,
  writesOnce,
} from "./misunderstandings.ts";

/** What a client is called with, and the request that it should send. */
const CALLS: [what: string, words: string[], request: unknown][] = [
  ["upper", ["upper", 'hello, "你好"\\\n'], {
    op: "upper",
    text: 'hello, "你好"\\\n',
  }],
  ["upper of nothing", ["upper", ""], { op: "upper", text: "" }],
  ["sum", ["sum", "--", "-1.5", "2", "3", "-1", "1.005"], {
    op: "sum",
    numbers: [-1.5, 2, 3, -1, 1.005],
  }],
  ["repeat", ["repeat", "ab", "3"], { op: "repeat", text: "ab", times: 3 }],
  ["a repeat that no server does", ["repeat", "--", "ab", "-1.5"], {
    ...{ op: "repeat", text: "ab", times: -1.5 },
  }],
  ["a repeat of nothing", ["repeat", "", "0"], {
    op: "repeat",
    text: "",
    times: 0,
  }],
];

/** So many more requests are on their way before the first reply. */
const MANY = 300;

/** Replies with an error, whatever is in it. */
const ERRORS = [{ error: "" }, { error: null }, { ok: 1, error: 0 }];

/** Words that make no request. */
const NO_CALLS: string[][] = [
  ["repeat", "ab"],
  ["repeat", "ab", "Infinity"],
  ["repeat", "ab", " "],
  ["repeat", "ab", "1", "x"],
  ["sum", "1", "2", "3", "4x"],
  ["sum", "1e999"],
  ["sum", "", "1"],
  ["upper"],
  ["upper", "a", "b"],
  ["-", "extra"],
];

/** A scripted server takes a request and replies, with faults. */
function prints(
  what: string,
  replies: Uint8Array,
  faults: Fault[],
  printed: readonly WantedJson[],
  ...known: Misunderstanding[]
): Case {
  return clientCase(`prints replies that come ${what}`, {
    guards: [17, 18, 19],
    args: ["-"],
    known,
    mostOutput: 4 * MiB,
  }, async ({ client, conn }) => {
    for (const _ of printed) await client.hears('{"op":"sum","numbers":[]}');
    await client.hearsNoMore();
    const sum = json({ op: "sum", numbers: [] });
    await conn.gets(frames(...repeated([sum], printed.length)));
    await conn.gets(halfEnd);
    await conn.offers(replies, ...faults, hangUp());
    await client.printsAll(jsonLines(...printed));
  });
}

/** A server that does not keep to the protocol: the client says so. */
function reports(
  guards: number[],
  what: string,
  reply: Uint8Array,
  ...faults: Fault[]
): Case {
  const canReset = faults.some(({ says }) => says === reset().says);
  return clientCase(`reports a server that ${what}`, {
    guards,
    args: ["upper", "hello"],
    canReset,
  }, async ({ client, conn, server }) => {
    await conn.gets(frames(json({ op: "upper", text: "hello" })));
    await conn.offers(reply, ...faults);
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  });
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

/** How often a client must have stood still without taking any input: then it waits for the server. */
const TIMES_STILL = 3;

/**
 * Lines are typed until the client takes no more of them, because nobody takes
 * what it sends.
 *
 * @returns Settles when it has taken them all, after all, and its input has ended.
 */
async function hearsUntilFull(
  { label, program, scene }: ClientActor,
  lines: readonly string[],
): Promise<{ readonly ended: Promise<void> }> {
  const says =
    `somebody types ${lines.length} lines to ${label} until it takes no more`;
  return await scene.step(says, async () => {
    const bytes = toBytes(lines.map((line) => `${line}\n`).join(""));
    let typed = 0;
    const type = async () => {
      while (typed < bytes.length) {
        await program.type(bytes.subarray(typed, typed + 64 * KiB));
        typed += 64 * KiB;
      }
      await program.endInput();
    };
    const ended = type();
    let [still, before] = [0, -1];
    while (still < TIMES_STILL) {
      await program.settles();
      still = typed === before ? still + 1 : 0;
      before = typed;
    }
    return { ended };
  });
}

/** In the order in which a learner should meet them. */
export const clientCases: Case[] = [
  ...CALLS.map(([what, words, request]) =>
    clientCase(`sends the request for ${what}`, {
      guards: [15, 17, 18, 19],
      args: words,
      known: [bigEndian, countsCharacters, noHalfClose],
    }, async ({ client, conn }) => {
      await conn.gets(frames(json(request)));
      await conn.gets(halfEnd);
      await conn.sends(frame('{"ok":"fine"}'), hangUp());
      await client.printsAll(jsonLines(json({ ok: "fine" })));
    })
  ),
  clientCase("sends the requests of its input without waiting for replies", {
    guards: [16, 17, 18, 19],
    args: ["-"],
    known: [waitsForReplies],
  }, async ({ client, conn }) => {
    const requests = [
      { op: "upper", text: "三" },
      { op: "sum", numbers: [1, 2] },
      { op: "shout" },
    ];
    for (const request of requests) {
      await client.hears(JSON.stringify(request));
    }
    await conn.gets(frames(...requests.map(json)));
    const lines = ["", " [1,  2", ' {"op": "upper", "text":"" } '];
    await client.hears(lines[0] ?? "");
    await client.hears(lines[1] ?? "");
    const many = Array.from({ length: MANY }, (_, i) => `{"op":${i}}`);
    await client.hearsMany(many);
    await conn.gets(
      join([...lines.slice(0, 2), ...many].map((line) => frame(line))),
    );
    await hearsLast(client, lines[2] ?? "");
    await conn.gets(frame(lines[2] ?? ""));
    await conn.gets(halfEnd);
    const values = ["三", 3, [], null, {}, "error"];
    const replies = [...values, ...many].map((ok) => ({ ok }));
    await conn.sends(
      join(replies.map((reply) => frame(JSON.stringify(reply)))),
      hangUp(),
    );
    await client.printsAll(jsonLines(...replies.map(json)));
  }),
  prints(
    "in one write",
    join([
      frame('{"ok":"你好\\u0000"}'),
      frame('{\n  "ok": 1\r\n}\n'), // white space is no part of the value
      frame('{"ok":""}'),
    ]),
    [],
    [json({ ok: "你好\0" }), json({ ok: 1 }), json({ ok: "" })],
  ),
  clientCase("prints replies that come in parts", {
    guards: [18],
    args: ["-"],
    known: [readsPrefixOnce],
  }, async ({ client, conn }) => {
    const replies = [20, 4, 3, 2, 1].map((at, i) => {
      const ok = `${i}: the ${at < 4 ? "length is" : "payload is"} cut`;
      return { at, ok, bytes: frame(JSON.stringify({ ok })) };
    });
    for (const _ of replies) await client.hears("{}");
    await client.hearsNoMore();
    await conn.gets(frames(...repeated([json({})], replies.length)));
    await conn.gets(halfEnd);
    // The first part of each leaves with the last part of the one before it.
    let rest: Uint8Array = new Uint8Array();
    let before: string | undefined;
    for (const { at, ok, bytes } of replies) {
      await conn.sends(join([rest, bytes.subarray(0, at)]));
      if (before !== undefined) await client.prints(json({ ok: before }));
      await stays(client, "for the rest"); // it has read what there is
      rest = bytes.subarray(at);
      before = ok;
    }
    await conn.sends(rest, hangUp());
    await client.prints(json({ ok: before }));
    await client.endsWell();
  }),
  prints(
    "a byte at a time",
    join([frame('{"ok":"你好"}'), frame('{"ok":1}')]),
    [cut(1), stall(2)],
    [json({ ok: "你好" }), json({ ok: 1 })],
  ),
  prints(
    "as 1 MiB",
    frame(`{"ok":"${"A".repeat(MiB - 9)}"}`),
    [],
    [json({ ok: "A".repeat(MiB - 9) })],
  ),
  clientCase("prints each reply as it comes", {
    guards: [18, 19],
    args: ["-"],
    known: [writesAllFirst],
  }, async ({ client, conn }) => {
    await client.hears('{"op":"upper","text":"hello"}');
    await conn.gets(frames(json({ op: "upper", text: "hello" })));
    await conn.sends(frame('{"ok":"HELLO"}'));
    await client.prints(json({ ok: "HELLO" }));
    await client.hears('{"op":"sum","numbers":[1]}');
    await client.hearsNoMore();
    await conn.gets(frames(json({ op: "sum", numbers: [1] })));
    await conn.gets(halfEnd);
    await conn.sends(frame('{"ok":1}'));
    await client.prints(json({ ok: 1 }));
    await stays(client, "until the server closes");
    await conn.does(hangUp());
    await client.endsWell();
  }),
  ...ERRORS.map((error) =>
    clientCase(
      `goes on after ${JSON.stringify(error)}, and ends with exit code 1`,
      { guards: [20], args: ["-"] },
      async ({ client, conn }) => {
        await client.hears("{}");
        await conn.gets(frames(json({})));
        await conn.sends(frame(JSON.stringify(error)));
        await client.prints(json(error));
        await client.hears('{"op":"sum","numbers":[1]}');
        await client.hearsNoMore();
        await conn.gets(frames(json({ op: "sum", numbers: [1] })));
        await conn.gets(halfEnd);
        await conn.sends(frame('{"ok":1}'), hangUp());
        await client.printsAll(jsonLines(json(error), json({ ok: 1 })), 1);
        await client.gives(1);
      },
    )
  ),
  clientCase("sends nothing where its input is empty", {
    guards: [16, 17, 19],
    args: ["-"],
  }, async ({ client, conn }) => {
    await client.hearsNoMore();
    await conn.gets(halfEnd);
    await conn.does(hangUp());
    await client.printsAll("");
  }),
  clientCase("sends 320 requests of 32 KiB and takes the replies meanwhile", {
    guards: [16, 18],
    args: [
      "-",
    ],
    known: [writesAllFirst],
    mostOutput: 16 * MiB,
  }, async ({ client, conn }) => {
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
  }),
  clientCase(
    "sends all of twelve requests of 1 MiB to a server that reads late",
    {
      guards: [16, 17],
      args: ["-"],
      known: [mixesWrites, writesOnce],
    },
    async ({ client, conn }) => {
      // Together more than the systems of both sides hold: one write comes back short.
      const large = [..."abcdefghijkl"]
        .map((letter) => `{"op":"upper","text":"${letter.repeat(1_000_000)}"}`);
      const { ended } = await hearsUntilFull(client, large);
      await conn.gets(join(large.map((line) => frame(line))));
      await conn.gets(halfEnd);
      await ended;
      await conn.sends(
        join(repeated([frame('{"ok":1}')], large.length)),
        hangUp(),
      );
      await client.printsAll(
        jsonLines(...repeated([json({ ok: 1 })], large.length)),
      );
    },
  ),
  clientCase("reports a server that closes before it has replied", {
    guards: [21],
    args: ["-"],
    known: [waitsForInput],
  }, async ({ client, conn, server }) => {
    await client.hears('{"op":"upper","text":"hello"}');
    await conn.gets(frames(json({ op: "upper", text: "hello" })));
    await conn.sends(frame('{"ok":"HELLO"}'), hangUp());
    await client.gives(1, `127.0.0.1:${server.address.port}`); // its input is still open
  }),
  clientCase(
    "reports a server that has replied to everything and resets the connection",
    { guards: [19, 21], args: ["upper", "hello"], canReset: true },
    async ({ client, conn, server }) => {
      await conn.gets(frames(json({ op: "upper", text: "hello" })));
      await conn.gets(halfEnd);
      await conn.sends(frame('{"ok":"HELLO"}'));
      await client.prints(json({ ok: "HELLO" }));
      await conn.does(reset());
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  ),
  reports([21], "closes without a reply", new Uint8Array(), hangUp()),
  reports([21], "resets the connection", new Uint8Array(), reset()),
  reports(
    [21, 22],
    "closes inside a reply",
    frame('{"ok":1}').subarray(0, 9),
    hangUp(),
  ),
  reports(
    [21, 22],
    "closes inside a second reply",
    join([frame('{"ok":1}'), frame('{"ok":1}').subarray(0, 9)]),
    hangUp(),
  ),
  reports(
    [22],
    "sends what is no JSON behind its reply",
    join([frame('{"ok":1}'), frame("hello")]),
    hangUp(),
  ),
  reports([22], "announces a negative length", frame("", -1), hangUp()),
  reports([22], "announces a length that is too long", frame("", MiB + 1)),
  ...["hello", "5", "[]", "null", ""].map((payload) =>
    reports(
      [22],
      `replies with ${payload || "an empty frame"}`,
      frame(payload),
      hangUp(),
    )
  ),
  reports(
    [22],
    "replies with bytes that are no UTF-8",
    frame(join([toBytes('{"ok":"'), new Uint8Array([0xff]), toBytes('"}')])),
    hangUp(),
  ),
  {
    name: "client finds its words wrong where no server listens, too",
    role: "client",
    guards: [23],
    async script(script) {
      const port = freePort();
      const words = ["sum", "1", "two"];
      const client = await script.launchClient([
        ...["--port", `${port}`],
        ...words,
      ]);
      await client.gives(2);
    },
  },
  ...NO_CALLS.map((words) => ({ ...refusesWords(...words), guards: [23] })),
];
