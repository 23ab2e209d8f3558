/**
 * The check of lesson 05, "lines".
 *
 * Bytes are cut in every way here. Where a cut must be seen as a cut, the rest
 * is sent when the answer to what came before is back.
 *
 * @module
 */
import { type Case, type Check, type Misunderstanding } from "../kit/case.ts";
import { end } from "../kit/expectations/end.ts";
import { more } from "../kit/expectations/more.ts";
import { chop } from "../kit/faults/chop.ts";
import { cut } from "../kit/faults/cut.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { stall } from "../kit/faults/stall.ts";
import { pairMatrix } from "../kit/pairs.ts";
import type { Fault } from "../kit/plan.ts";
import { printsWhenAllIsSent } from "../kit/proofs.ts";
import { Random } from "../kit/random.ts";
import { register } from "../kit/register.ts";

const readIsLine: Misunderstanding = {
  says: "this is what a program does that takes one read for one line",
  read: "The idea",
  shows: ({ received, expected }) =>
    received !== "" && !expected.startsWith(received) &&
    !/[\r\ufffd]/.test(received),
};

const decodesChunks: Misunderstanding = {
  says: "this is what a program does that decodes each chunk on its own",
  read: "Read the code",
  shows: ({ received }) => received.includes("\ufffd"),
};

const losesTail: Misunderstanding = {
  says:
    "this is what a program does that forgets the last line when it has no LF",
  read: "Exercise",
  shows: ({ received, expected, silent, code }) =>
    received === "" && expected !== "" && !silent && code === undefined,
};

const keepsCr: Misunderstanding = {
  says:
    "this is what a program does that takes the CR of a line's end for a part of the line",
  read: "Exercise",
  shows: ({ received }) => received.includes("\r"),
};

const waitsForAnswers: Misunderstanding = {
  says:
    "this is what a program does that waits for each answer before it sends the next line",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    silent && received !== "" && expected.startsWith(received),
  // The answer to what it has sent brings more.
  async proof({ peer }, { received }) {
    await peer.sends(received.toUpperCase());
    await peer.gets(more());
  },
};

const writesAllFirst: Misunderstanding = {
  says:
    "this is what a program does that sends all its lines before it reads an answer",
  read: "Exercise",
  shows: ({ silent, stdout }) => silent && stdout === "",
  proof: printsWhenAllIsSent,
};

const writesOnce: Misunderstanding = {
  says:
    "this is what a program does that takes one write for all of a long line",
  read: "Exercise",
  shows: ({ silent, received, expected }) =>
    !silent && received !== "" && expected.startsWith(received),
};

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

/** Every cut that the check tries, in bytes. */
const SIZES: [number, ...number[]] = [
  1,
  ...Array.from({ length: 63 }, (_, i) => i + 2),
  ...[128, 256, 512, 1024, 2048, 4096],
];

/** 10 000 lines of 1 KiB each, with their LF. */
const manyLines = (letter: string) =>
  Array.from(
    { length: 10_000 },
    (_, i) => `${i} ${letter.repeat(KiB)}`.slice(0, KiB - 1),
  );

/** A scripted client sends bytes, with faults, and gets these answers. */
function answers(
  what: string,
  script: Case["script"],
  ...known: Misunderstanding[]
): Case {
  return { name: `server answers ${what}`, role: "server", known, script };
}

const serverCases: Case[] = [
  answers("line after line", async (script) => {
    const client = await script.connect(await script.startServer());
    for (const line of ["hello", "你好, baby"]) {
      await client.sends(`${line}\n`);
      await client.gets(`${line.toUpperCase()}\n`);
    }
  }),
  answers("three lines that come in one write", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("one\ntwo\nthree\n");
    await client.gets("ONE\nTWO\nTHREE\n");
  }, readIsLine),
  answers("a line that comes in two parts", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("one\ntw");
    await client.gets("ONE\n");
    await client.sends("o\n");
    await client.gets("TWO\n");
  }, readIsLine),
  answers("a line whose character is cut in two", async (script) => {
    const client = await script.connect(await script.startServer());
    const bytes = new TextEncoder().encode("one\n你好\n");
    await client.sends(bytes.subarray(0, 5)); // "one", LF, the first byte of three
    await client.gets("ONE\n");
    await client.sends(bytes.subarray(5));
    await client.gets("你好\n");
  }, decodesChunks),
  answers("lines that end with CR and LF", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("one\r\ntwo\r\n");
    await client.gets("ONE\nTWO\n");
  }, keepsCr),
  answers("a line whose CR and LF come apart", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("one\ntwo\r");
    await client.gets("ONE\n");
    await client.sends("\nthree\n");
    await client.gets("TWO\nTHREE\n");
  }, keepsCr),
  answers("a CR inside a line as a part of it", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("a\rb\r\r\n");
    await client.gets("A\rB\r\n");
  }),
  answers("empty lines", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("\n\n\r\nend\n");
    await client.gets("\n\n\nEND\n");
  }),
  answers("a last line without LF", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends("one\n");
    await client.gets("ONE\n");
    await client.sends("two", halfClose());
    await client.gets("TWO\n");
    await client.gets(end());
  }, losesTail),
  answers("all lines when the client half-closes first", async (script) => {
    const client = await script.connect(await script.startServer());
    await client.sends(SCRIPT, halfClose());
    await client.gets(ANSWERS);
    await client.gets(end());
  }),
  answers(
    "200 lines again and again, in writes of every size",
    async (script) => {
      const client = await script.connect(await script.startServer());
      await client.exchanges(
        SCRIPT.repeat(SIZES.length),
        ANSWERS.repeat(SIZES.length),
        chop(...SIZES),
      );
    },
    readIsLine,
  ),
  answers("a line of 64 KiB and one of 1 MiB", async (script) => {
    const client = await script.connect(await script.startServer());
    for (const size of [64 * KiB, MiB]) {
      const line = `${"a".repeat(size)}\n`;
      await client.exchanges(line, line.toUpperCase());
    }
  }),
  answers("a line that is too long with an error", async (script) => {
    const server = await script.startServer();
    const client = await script.connect(server);
    await client.exchanges(`ok\n${"a".repeat(MiB + 1)}`, `OK\n${TOO_LONG}`);
    await client.gets(end());
    await client.sends(`${"b".repeat(MiB)}\n`); // it is still read, and forgotten
    await client.does(hangUp());
    for (const line of ["a".repeat(MiB + 1), "ü".repeat(MiB / 2 + 1)]) {
      const other = await script.connect(server);
      await other.exchanges(`${line}\n`, TOO_LONG); // its LF comes too late
      await other.does(hangUp());
    }
    const next = await script.connect(server);
    await next.sends("and on\n");
    await next.gets("AND ON\n");
  }),
  answers("five clients at once", async (script) => {
    const server = await script.startServer();
    const clients = [];
    for (let i = 0; i < 5; i++) clients.push(await script.connect(server));
    for (const client of clients) await client.sends("half ");
    for (const client of clients.toReversed()) await client.sends("a line\n");
    for (const client of clients) await client.gets("HALF A LINE\n");
  }),
  answers("others when one has reset its connection", async (script) => {
    const server = await script.startServer();
    const steady = await script.connect(server);
    await server.connected(steady);
    const broken = await script.connect(server, { canReset: true });
    await server.connected(broken);
    await broken.sends("half a li");
    await broken.does(reset());
    await steady.sends("still here\n");
    await steady.gets("STILL HERE\n");
    const next = await script.connect(server);
    await next.sends("me too\n");
    await next.gets("ME TOO\n");
  }),
  answers("10000 lines of 1 KiB while they still come", async (script) => {
    const client = await script.connect(await script.startServer());
    const text = manyLines("a").map((line) => `${line}\n`).join("");
    await client.exchanges(text, text.toUpperCase());
  }),
];

/** ASCII in capitals. */
function inCapitals(chunk: Uint8Array): Uint8Array {
  return chunk.map((byte) => byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
}

/** A scripted server takes two lines and answers them, with faults. */
function prints(
  what: string,
  text: string,
  faults: Fault[],
  printed: string,
  ...known: Misunderstanding[]
): Case {
  return {
    name: `client prints answers that come ${what}`,
    role: "client",
    known,
    async script(script) {
      script.mostOutput = 2 * MiB;
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      await client.hears("你好");
      await client.hears("");
      await conn.gets("你好\n\n");
      await client.hearsNoMore();
      await conn.gets(end());
      await conn.offers(
        text,
        ...faults,
        hangUp(),
      );
      await client.printsAll(printed);
    },
  };
}

const clientCases: Case[] = [
  {
    name: "client sends its lines without waiting for answers",
    role: "client",
    known: [waitsForAnswers],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      await client.hears("one");
      await client.hears("");
      await client.hears("三");
      await conn.gets("one\n\n三\n");
      await client.hearsNoMore();
      await conn.gets(end());
      await conn.sends("ONE\n\n三\n", hangUp());
      await client.printsAll("ONE\n\n三\n");
    },
  },
  prints("in one write", "你好\nEND\n", [], "你好\nEND\n", readIsLine),
  prints(
    "a byte at a time",
    "你好\nEND\n",
    [cut(1), stall(2)],
    "你好\nEND\n",
    readIsLine,
    decodesChunks,
  ),
  prints("with CR and LF", "一\r\nEND\r\n", [], "一\nEND\n", keepsCr),
  prints("without a last LF", "一\nEND", [], "一\nEND\n", losesTail),
  prints("as empty lines", "\n\n", [], "\n\n"),
  prints("as 1 MiB", `${"A".repeat(MiB)}\n\n`, [], `${"A".repeat(MiB)}\n\n`),
  {
    name: "client prints each answer as it comes",
    role: "client",
    known: [writesAllFirst],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.sends("HELLO\n");
      await client.prints("HELLO");
      await client.hearsNoMore();
      await conn.gets(end());
      await conn.does(hangUp());
      await client.endsWell();
    },
  },
  {
    name: "client sends 10000 lines of 1 KiB and takes the answers meanwhile",
    role: "client",
    known: [writesAllFirst],
    async script(script) {
      script.mostOutput = 16 * MiB;
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
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
    },
  },
  {
    name: "client reports a server that closes before it has answered",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.does(hangUp());
      await script.step("the input of your client stays open", () => {});
      await client.gives(1);
      const other = await script.startClient(server, []);
      const again = await other.connects(server);
      await other.hears("one");
      await other.hears("two");
      await other.hearsNoMore();
      await again.gets("one\ntwo\n");
      await again.gets(end());
      await again.sends("ONE\n", hangUp());
      await other.gives(1);
    },
  },
  {
    name: "client sends all of a line of 12 MiB",
    role: "client",
    known: [writesOnce],
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      const line = "a".repeat(12 * MiB); // more than the system's buffers take at once
      const { taken } = await client.hearsMany([line]);
      taken.then(() => client.program.endInput());
      await conn.gets(`${line}\n`);
      await conn.gets(end());
      await conn.sends("OK\n", hangUp());
      await client.printsAll("OK\n");
    },
  },
  {
    name: "client reports a server that resets the connection",
    role: "client",
    async script(script) {
      const server = await script.listen({ canReset: true });
      const client = await script.startClient(server, []);
      const conn = await client.connects(server);
      await client.hears("hello");
      await conn.gets("hello\n");
      await conn.does(reset());
      await client.gives(1, `127.0.0.1:${server.address.port}`);
    },
  },
];

/** A run of the lesson's own pair: the server looks up when the client has left. */
function pairRuns(mode: string, ...reads: string[]): Case {
  return {
    name: `lesson's pair in mode ${mode} reads ${reads.join(", ")}`,
    role: "pair",
    async script(script) {
      const args = ["--mode", mode];
      const server = await script.startServer({ args });
      const client = await script.startClient(server, args);
      await client.endsWell();
      await server.hears("");
      await server.connectedFrom();
      for (const text of reads) {
        await server.prints(`read gave ${text.length} bytes: ${text}`);
      }
      await server.endsWell();
    },
  };
}

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
  interop: [
    pairRuns("glue", "aaaaaaaaa"),
    pairRuns("leftover", "hello ba", "bybye"),
    pairRuns("fixed", "aaa", "aaa", "aaa"),
    {
      name:
        "classic Python client's three sends are one read of the lesson's server",
      role: "pair",
      async script(script) {
        const server = await script.startServer();
        const client = await script.startPythonClient(server);
        await client.exits(0);
        await server.hears("");
        await server.connectedFrom();
        await server.prints("read gave 9 bytes: aaaaaaaaa");
        await server.endsWell();
      },
    },
    {
      name:
        "lesson's client's three writes are one recv of the classic Python server",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer();
        const client = await script.startClient(server, []);
        await client.endsWell();
        await server.hears("");
        await server.prints("recv gave 9 bytes: aaaaaaaaa");
        await server.exits(0);
      },
    },
    {
      name:
        "classic Python client that reads lines talks to the solution's server",
      role: "pair",
      async script(script) {
        const server = await script.startServer({ whose: "our" });
        const client = await script.startPythonClient(server, "line_client");
        await client.printsAll("ONE\n\n你好");
      },
    },
    {
      name:
        "solution's client talks to the classic Python server that reads lines",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer("line_server");
        const client = await script.startClient(server, [], "our");
        await client.hearsMany(["one", "", "你好"]);
        await client.hearsNoMore();
        await client.printsAll("ONE\n\n你好");
      },
    },
  ],
};

register(check, import.meta.url);
