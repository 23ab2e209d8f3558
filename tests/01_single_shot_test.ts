/**
 * The check of lesson 01, "who is calling".
 *
 * @module
 */
import { type Data, join, toBytes } from "../kit/bytes.ts";
import { type Case, type Check, type Misunderstanding } from "../kit/case.ts";
import {
  caseOf,
  type CaseOptions,
  clientCase,
  serverCase,
} from "../kit/cases.ts";
import { untilTheEnd } from "../kit/common.ts";
import { Failure } from "../kit/failure.ts";
import { end } from "../kit/expectations/end.ts";
import { cut } from "../kit/faults/cut.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { freePort } from "../kit/free_port.ts";
import { logs, logsConnected, logsConnectedFrom } from "../kit/log.ts";
import { pairMatrix } from "../kit/pairs.ts";
import type { Fault } from "../kit/plan.ts";
import { register } from "../kit/register.ts";
import { rests } from "../kit/stays.ts";

const wholeBuffer: Misunderstanding = {
  says:
    "this is what a program does that decodes its whole buffer, not only the bytes that came",
  read: "Read the code",
  shows: ({ received }) => received.includes("\0"),
};

const characters: Misunderstanding = {
  says:
    "this is what a program does that counts characters where bytes were asked for",
  read: "The idea",
  shows: ({ expected, received }) => {
    const [, count, rest] = /^(\d+)( bytes from .*)/s.exec(received) ?? [];
    return count === "4" && `9${rest}` === expected;
  },
};

const nullIsNumber: Misunderstanding = {
  says:
    "this is what a program does that takes the null of a closed connection for a number of bytes",
  read: "Read the code",
  shows: ({ received }) => /^(null|0) bytes from /.test(received),
};

const singleRead: Misunderstanding = {
  says:
    "this is what a program does that stops reading before the other side has closed",
  read: "Exercise",
  shows: ({ expected, received }) => {
    const came = received.trimEnd(); // the line feed is the printed line's own
    return came !== "" && came.length < expected.length &&
      expected.startsWith(came);
  },
};

const stackTrace: Misunderstanding = {
  says:
    "this is what a program does that leaves an error of the outside world uncaught",
  read: "When it goes wrong",
  // As Deno and Node write it, and Python.
  shows: ({ stderr }) =>
    /^\s+at .+:\d+:\d+\)?$|^Traceback \(most recent/m.test(stderr),
};

/** A client sends a message in one write and gets the answer, then the end. */
function answers(
  name: string,
  message: string,
  bytes: number,
  options: CaseOptions,
): Case {
  return serverCase(name, options, async ({ server, client }) => {
    await logsConnected(server, client);
    await client.asks(
      message,
      `${bytes} bytes from ${client.address}: ${message.toUpperCase()}\n`,
    );
    await client.gets(end());
    await server.exits(0);
  });
}

const serverCases: Case[] = [
  answers(
    "answers with the size, the caller's address and the text in capitals",
    "hello baby",
    10,
    { guards: [2, 3, 4, 5, 6, 7, 8], known: [wholeBuffer, untilTheEnd] },
  ),
  answers("counts bytes, not characters, of what came", "你好 ı", 9, {
    guards: [5, 7], // ı has two bytes, its capital one
    known: [characters, wholeBuffer, untilTheEnd],
  }),
  answers(
    "takes a message of exactly 1024 bytes, blanks and zeros too",
    `  a\0${"x".repeat(1018)} \0`,
    1024,
    { guards: [3, 5, 7], known: [untilTheEnd] },
  ),
  serverCase("answers nothing to a client that leaves without a word", {
    guards: [9],
    known: [nullIsNumber, wholeBuffer],
  }, async ({ server, client }) => {
    await logsConnected(server, client);
    await client.does(halfClose());
    await client.gets(end());
    await logs(server, "client left without a word");
    await server.exits(0);
  }),
  serverCase("ends well when a client is gone without a word", {
    guards: [9],
  }, async ({ server, client }) => {
    await logsConnected(server, client);
    await client.does(hangUp());
    await logs(server, "client left without a word");
    await server.exits(0);
  }),
  serverCase("reports a client that resets the connection", {
    guards: [15],
    known: [stackTrace],
    canReset: true,
  }, async ({ server, client }) => {
    await logsConnected(server, client);
    await client.does(reset());
    await server.gives(1, client.address);
  }),
  caseOf("server", "reports an address in use, and listens where it is free", {
    guards: [1, 16],
    known: [stackTrace],
  }, async (script) => {
    const other = await script.listen();
    const server = await script.launchServer(other.address.port);
    await server.gives(1, `127.0.0.1:${other.address.port}`);
    const free = freePort();
    const next = await script.launchServer(free);
    await next.listens();
    await script.step(`that is port ${free}`, () => {
      const { port } = next.address;
      if (port === free) return;
      throw new Failure(
        `your server listened on port ${port}; it was expected to listen on ${free}, which --port named`,
        { found: String(port) },
      );
    });
  }),
  caseOf("server", "refuses ports that are none", {
    guards: [17],
    known: [stackTrace],
  }, async (script) => {
    for (const port of ["eighty", "65536"]) {
      const server = await script.launchServer(port);
      await server.gives(2, "--port");
    }
  }),
];

/** A scripted server takes the client's message, answers in parts, each when the client waits for it, and hangs up. */
function prints(
  name: string,
  parts: readonly Data[],
  faults: Fault[],
  ...known: Misunderstanding[]
): Case {
  return clientCase(`prints an answer that comes ${name}`, {
    guards: [10, 12, 13],
    args: ["你好", "baby"],
    known,
  }, async ({ client, conn }) => {
    await conn.gets("你好 baby");
    for (const part of parts) {
      await rests(client);
      await conn.offers(part, ...faults);
    }
    await conn.does(halfClose()); // not hangUp(): what else comes must still be seen
    const all = join(parts.map(toBytes));
    await client.printsAll(new TextDecoder().decode(all));
  });
}

const ANSWER = "6 bytes from 127.0.0.1:54321: 你好\n";

/** The same, cut in the middle of a character. */
const ANSWER_IN_PARTS = [
  toBytes(ANSWER).subarray(0, 7),
  toBytes(ANSWER).subarray(7, 31),
  toBytes(ANSWER).subarray(31),
];

const clientCases: Case[] = [
  prints("in one write", [ANSWER], []),
  prints("late, with blanks and lines in it", ["  a \n\n b\t \n"], []),
  prints("in three writes", ANSWER_IN_PARTS, [], singleRead),
  prints(
    "as lines, one at a time",
    ["one\n", "two\n", "three\n"],
    [],
    singleRead,
  ),
  prints("a byte at a time", [ANSWER], [cut(1)], singleRead),
  prints("as 100000 bytes", ["A".repeat(100_000)], [], singleRead),
  clientCase("reports a server that closes without answering", {
    guards: [10, 14],
    args: ["a  b", "007", " c "],
    known: [stackTrace],
  }, async ({ client, conn }) => {
    await conn.gets("a  b 007  c ");
    await conn.does(hangUp());
    await client.notes("error: the server closed without answering");
    await client.gives(1);
  }),
  clientCase("reports a server that resets the connection", {
    guards: [15],
    args: ["hello"],
    known: [stackTrace],
    canReset: true,
  }, async ({ client, conn, server }) => {
    await conn.gets("hello");
    await conn.does(reset());
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  }),
  clientCase("reports a server that resets the connection in its answer", {
    guards: [15],
    args: ["hello"],
    canReset: true,
  }, async ({ client, conn, server }) => {
    await conn.gets("hello");
    await conn.sends("6 bytes from ");
    await conn.does(reset());
    await client.gives(1, `127.0.0.1:${server.address.port}`);
  }),
  caseOf("client", "reports that nothing is listening", {
    guards: [16],
    known: [stackTrace],
  }, async (script) => {
    const port = freePort();
    const client = await script.launchClient(["--port", `${port}`, "hello"]);
    await client.gives(1, `127.0.0.1:${port}`);
  }),
  caseOf("client", "refuses port 0", {
    guards: [17],
    known: [stackTrace],
  }, async (script) => {
    const client = await script.launchClient(["--port", "0", "hello"]);
    await client.gives(2, "--port");
  }),
  caseOf("client", "refuses to run without a message", {
    guards: [11],
    known: [stackTrace],
  }, async (script) => {
    const server = await script.listen();
    for (const words of [[], [""]]) {
      const client = await script.startClient(server, words);
      await client.gives(2);
    }
  }),
];

/** The lesson's pair, and the solution, with classic Python programs. */
const python: Case[] = [
  {
    name: "classic Python client gets the lesson's server's answer",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll("HELLO BABY");
      await server.exits(0);
    },
  },
  {
    name: "lesson's client gets the classic Python server's answer",
    role: "pair",
    async script(script) {
      const server = await script.startPythonServer();
      const client = await script.startClient(server, ["hello", "baby"]);
      await client.printsAll("HELLO BABY");
      await server.exits(0);
    },
  },
];

/** The check of lesson 01. */
export const check: Check = {
  lesson: "01_single_shot",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("exchange a message and an answer", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, ["Grüße"], whose.client);
      const address = await logsConnectedFrom(server);
      await client.printsAll(`7 bytes from ${address}: GRÜSSE`);
      await server.exits(0);
    }),
  ],
  own: [],
  python,
};

register(check, import.meta.url);
