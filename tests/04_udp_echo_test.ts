/**
 * The check of lesson 04, "ask again".
 *
 * No step waits for a time to pass. Where a case needs a client that is not
 * answered, it waits for the client's next try, or for its error. Where a
 * client must be answered in time, it has time for many tries.
 *
 * @module
 */
import { stagesOf } from "@lessons/stages.ts";
import { type Case, type Check, WITH_SIGNALS } from "../kit/case.ts";
import { caseOf, udpClientCase, udpServerCase } from "../kit/cases.ts";
import { Failure } from "../kit/failure.ts";
import { delay } from "../kit/faults/delay.ts";
import { drop } from "../kit/faults/drop.ts";
import { duplicate } from "../kit/faults/duplicate.ts";
import { reorder } from "../kit/faults/reorder.ts";
import { stranger } from "../kit/faults/stranger.ts";
import { truncate } from "../kit/faults/truncate.ts";
import { whileHeldUp } from "../kit/held_up.ts";
import { hearsLast } from "../kit/last_line.ts";
import { withMoreTime } from "../kit/more_time.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { register } from "../kit/register.ts";
import { byStage } from "../kit/stages.ts";
import type { Script } from "../kit/script.ts";
import { stays } from "../kit/stays.ts";
import {
  byObject,
  freshSocket,
  lateAnswer,
  newTime,
  oneCounter,
  orphan,
  strangersAnswer,
  turnsAllAway,
  waitsForEver,
} from "./04_udp_echo/misunderstandings.ts";
import { own, python } from "./04_udp_echo/pair_cases.ts";

/** The systems on which a datagram may have 65507 bytes; macOS takes 9216 unless told otherwise. */
const WITH_LARGE_DATAGRAMS = ["linux", "windows"] as const;

/** Datagrams that are no requests: each counts, and none is answered. */
const NO_REQUESTS = [
  ..."|hello|1|x 1|-1 x|+1 x| 1 x|1\tx|1.5 x|3x y|1e3 x|１ x|a\n1 x".split("|"),
];

const serverCases: Case[] = [
  udpServerCase("answers with the id, the count and the text in capitals", {
    guards: [1, 2, 3, 4],
    known: [byObject],
  }, async ({ client }) => {
    await client.asks("1 hello", "1 1 HELLO");
    await client.asks("2 ", "2 2 ");
    await client.asks(
      "70000 Grüße, 你好  baby ",
      "70000 3 GRÜSSE, 你好  BABY ",
    );
    await client.asks("4  a\u2028b\r\nc\0 ", "4 4  A\u2028B\r\nC\0 ");
    await client.asks("007 007", "007 5 007");
    await client.asks(`6 ${"x".repeat(3000)}`, `6 6 ${"X".repeat(3000)}`);
  }),
  caseOf("server", "counts each client's datagrams apart, and retries too", {
    guards: [2, 4, 5],
    known: [oneCounter],
  }, async (script) => {
    const server = await script.startServer();
    const one = await script.openUdp(server, "client one");
    const two = await script.openUdp(server, "client two");
    await one.asks("1 a", "1 1 A");
    await two.asks("1 b", "1 1 B");
    await one.asks("2 c", "2 2 C", duplicate());
    await one.gets("2 3 C");
    await two.asks(["2 d", "3 e"], "3 2 E", reorder());
    await two.gets("2 3 D");
    await one.sends("3 f", drop());
    await one.asks("3 f", "3 4 F");
    await one.hasGotNoMore();
    await two.hasGotNoMore();
  }),
  caseOf(
    "server",
    "serves on when a client is gone, or sends what is no request, and counts that",
    { guards: [4, 6, 7] },
    async (script) => {
      const server = await script.startServer();
      const gone = await script.openUdp(server, "client one");
      await gone.sends(["1 a", "2 b"]);
      await gone.leaves();
      const client = await script.openUdp(server, "client two");
      await client.sends(NO_REQUESTS);
      await client.sends("12 hello", truncate(2));
      const n = NO_REQUESTS.length + 2;
      await client.asks("13 hello", `13 ${n} HELLO`);
      await client.hasGotNoMore();
    },
  ),
  udpServerCase("serves on when an answer is too long for a datagram", {
    guards: [4, 7],
    only: WITH_LARGE_DATAGRAMS,
  }, async ({ server, client }) => {
    await client.asks(`1 ${"x".repeat(65_503)}`, `1 1 ${"X".repeat(65_503)}`); // 65507 bytes
    await client.sends(`2 ${"x".repeat(65_505)}`);
    await stays(server, "for the next request"); // one that does not wait for what became of its answer ends a little later
    await client.asks("3 hello", "3 3 HELLO");
  }),
  caseOf("server", "reports an address in use", {
    guards: [8],
  }, async (script) => {
    const other = await script.bindUdp();
    const server = await script.launchServer(other.address.port);
    await server.gives(1, `127.0.0.1:${other.address.port}`);
  }),
  caseOf("server", "ends with exit code 0 on Ctrl-C", {
    guards: [8],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer();
    await server.getsCtrlC();
    await server.endsWell();
  }),
];

/** For cases in which every answer comes: a client that asks again here is in too great a hurry. */
const PATIENT = ["--timeout", "2000"];

/** For cases in which an answer is lost and the next one must come in time. */
const MANY_TRIES = ["--timeout", "25", "--tries", "40"];

/** Datagrams that are no answer to request 2. */
const NO_ANSWERS = [
  ..."|baby|2|2 WRONG|2  WRONG|2 x WRONG|2 2x WRONG|2 -2 WRONG".split("|"),
  ..."x 2 WRONG|x2 2 WRONG|-2 2 WRONG| 2 2 WRONG|a\n2 2 WRONG".split("|"),
  ..."2\t2 WRONG|2 2\tWRONG|1 2 WRONG|22 2 WRONG|12 2 WRONG".split("|"),
];

const clientCases: Case[] = [
  udpClientCase("prints the answer to its only line, and ends", {
    guards: [9, 10, 12],
    args: MANY_TRIES,
    known: [turnsAllAway],
  }, async ({ client, server }) => {
    await client.hears("hello");
    await client.hearsNoMore();
    await server.gets("1 hello");
    await server.sends("1 1 HELLO");
    await client.prints("HELLO"); // one that does not take it gives up soon
    await client.endsWell();
  }),
  udpClientCase("sends each line as a request and prints each answer's text", {
    guards: [9, 10, 11, 12],
    args: PATIENT,
    known: [freshSocket],
  }, async ({ client, server }) => {
    await client.hears("hello");
    await server.gets("1 hello");
    await server.sends("1 1 HELLO");
    await client.prints("HELLO");
    await client.hearsMany(["", "q", "exit"]);
    await server.gets("2 ");
    await server.sends("2 2 ", delay(20));
    await client.prints("");
    await server.gets("3 q");
    await server.sends("3 3 Q\u2028\0 Q");
    await client.prints("Q\u2028\0 Q");
    await server.gets("4 exit");
    await server.sends("4 70000 ");
    await client.prints("");
    await hearsLast(client, " 你好  baby ");
    await server.gets("5  你好  baby ");
    await server.sends("5 5  你好  BABY ");
    await client.printsAll("HELLO\n\nQ\u2028\0 Q\n\n 你好  BABY ");
    await server.hasGotNoMore();
  }),
  udpClientCase(
    "asks again after 200 ms, and a third time, before it sends its next line",
    {
      guards: [9, 10, 11, 13, 14],
      waits: true,
      args: ["--tries", "20"],
      known: [freshSocket, waitsForEver],
    },
    async ({ client, server, script }) => {
      await client.hears("hello");
      await server.gets("1 hello");
      await server.sends("1 1 HELLO");
      await client.prints("HELLO");
      const typed = performance.now();
      await client.hearsMany(["baby", "bye"]);
      await server.gets("2 baby");
      await server.sends("2 2 BABY", drop());
      const second = await server.gets("2 baby");
      await server.sends("2 3 BABY", drop());
      const third = await server.gets("2 baby");
      await server.sends("2 4 BABY");
      await client.prints("BABY");
      await mustBeApart(script, 200, typed, [second, third]);
      await server.gets("3 bye");
      await server.sends("3 5 BYE");
      await client.prints("BYE");
      await client.hearsNoMore();
      await client.endsWell();
    },
  ),
  udpClientCase("takes its answer when an old one comes together with it", {
    guards: [18, 21],
    waits: true,
    args: ["--timeout", "100", "--tries", "20"], // on a busy machine the first answer may be late, too
    known: [lateAnswer, orphan],
    only: WITH_SIGNALS,
  }, async ({ client, server }) => {
    await client.hears("first");
    await server.gets("1 first");
    await server.sends("1 1 FIRST");
    await client.prints("FIRST");
    await client.hears("second");
    await client.hearsNoMore();
    await server.gets("2 second");
    await server.asks("2 2 SECOND", "2 second", drop());
    await whileHeldUp(
      client,
      () => server.sends(["1 1 FIRST", "2 3 SECOND"]),
    );
    await client.prints("SECOND");
    await client.exits(0); // held up, it may have been warned of a time-out in the past
  }),
  udpClientCase(
    "gives up after 3 tries, none too soon, and takes no answer that comes too late",
    {
      guards: [13, 14, 15, 17, 18],
      args: ["--timeout", "40"],
      known: [lateAnswer, waitsForEver],
    },
    async ({ client, server, script }) => {
      await client.hears("hello");
      await server.gets("1 hello");
      await server.sends("1 1 HELLO");
      await client.prints("HELLO");
      const typed = performance.now();
      await client.hears("first");
      await server.gets("2 first");
      const second = await server.gets("2 first");
      const third = await server.gets("2 first");
      await mustBeApart(script, 40, typed, [second, third]);
      const { port } = server.address;
      await client.notes(
        `error: no answer from 127.0.0.1:${port} after 3 tries`,
      );
      await server.hasGotNoMore();
      await client.hears("second");
      await client.hearsNoMore();
      await server.gets("3 second");
      await server.sends(["2 4 FIRST", "3 5 SECOND"]);
      await client.prints("SECOND");
      await client.exits(1);
    },
  ),
  udpClientCase("tries as often and as quickly as it is told to", {
    guards: [13, 14, 15],
    waits: true,
    args: ["--timeout", "10", "--tries", "25"],
  }, async ({ client, server }) => {
    await client.hears("hello");
    await client.hearsNoMore();
    const { port } = server.address;
    await client.gives(1, `no answer from 127.0.0.1:${port} after 25 tries`);
    await server.gets("1 hello", 25);
    await server.hasGotNoMore();
  }),
  udpClientCase("does not take an answer's second copy for the next answer", {
    guards: [14, 18],
    args: [...PATIENT, "--tries", "1"],
    known: [lateAnswer],
  }, async ({ client, server }) => {
    await client.hears("first");
    await server.gets("1 first");
    await server.sends("1 1 FIRST", duplicate());
    await client.prints("FIRST");
    await client.hears("second");
    await server.gets("2 second");
    await server.sends("2 2 SECOND");
    await client.prints("SECOND");
  }),
  udpClientCase(
    "takes no answer that comes from a stranger or is not in the format",
    {
      guards: [13, 18, 19, 20, 21],
      args: ["--timeout", "9000"],
      known: [strangersAnswer],
    },
    async ({ client, server }) => {
      await client.hears("hello");
      await server.gets("1 hello");
      await stays(client, "for its answer");
      await server.sends("1 1 STRANGER", stranger());
      await stays(client, "for its answer");
      await server.hasGotNoMore(); // the stranger was no reason to ask again
      await server.sends("1 1 HELLO");
      await client.prints("HELLO");
      await client.hears("baby");
      await server.gets("2 baby");
      await stays(client, "for its answer");
      await server.sends(NO_ANSWERS);
      await server.sends("2 2 BABY", truncate(3));
      await stays(client, "for its answer");
      await server.hasGotNoMore(); // nor were these
      await server.sends("2 2 BABY");
      await client.prints("BABY");
    },
  ),
  caseOf("client", "asks again in time, whatever else comes", {
    guards: [13, 21],
    waits: true,
    known: [newTime],
  }, async (script) => {
    const times = [120, 300, 700];
    await withMoreTime(script, { times }, async (timeout) => {
      const server = await script.bindUdp();
      const args = ["--timeout", `${timeout}`, "--tries", "20"];
      const client = await script.startClient(server, args);
      await client.hears("hello");
      await server.gets("1 hello");
      await server.getsAmid(["0 1 HELLO", "hello", ""], "1 hello", timeout);
      await server.getsAmid("1 1 STRANGER", "1 hello", timeout, stranger());
      await server.sends("1 3 HELLO");
      await client.prints("HELLO");
    });
  }),
  udpClientCase(
    "sends a request of 65507 bytes, reports one of 65508, and goes on",
    { guards: [9, 16, 17], args: PATIENT, only: WITH_LARGE_DATAGRAMS },
    async ({ client, server }) => {
      const text = "x".repeat(65_505);
      await client.hears(text);
      await server.gets(`1 ${text}`);
      await server.sends("1 1 BIG");
      await client.prints("BIG");
      await client.hears(`${text}x`);
      await client.hears("hello");
      await client.hearsNoMore();
      await server.gets("3 hello");
      await server.sends("3 2 HELLO");
      await client.prints("HELLO");
      await client.gives(1);
    },
  ),
  udpClientCase(
    "reports a server that is gone, and is answered when it is back",
    { guards: [9, 11, 15, 17], args: ["--timeout", "150"] },
    async ({ client, server, script }) => {
      await client.hears("before");
      await server.gets("1 before");
      await server.sends("1 1 BEFORE");
      await client.prints("BEFORE");
      await server.leaves();
      await client.hears("meanwhile");
      const { port } = server.address;
      await client.notes(
        `error: no answer from 127.0.0.1:${port} after 3 tries`,
      );
      const again = await script.bindUdp(port);
      await client.hears("after");
      await client.hearsNoMore();
      await again.gets("3 after");
      await again.sends("3 1 AFTER");
      await client.prints("AFTER");
      await client.gives(1);
    },
  ),
];

/**
 * No try may come sooner than the time-out after the one before it.
 *
 * When a datagram was sent is not known, only that it was sent before it was
 * read here, and after the line was typed. So the k-th try is compared with
 * the moment of the typing: a busy machine makes it later, never sooner.
 *
 * @param typed When the line was typed; the client was already running.
 * @param tries When the second try was read, and those after it.
 */
async function mustBeApart(
  script: Script,
  timeout: number,
  typed: number,
  tries: readonly number[],
): Promise<void> {
  const slack = 2; // the two programs' clocks tick apart
  await script.step(
    `each try came ${timeout} ms or more after the one before`,
    () => {
      for (const [i, at] of tries.entries()) {
        const passed = at - typed;
        const least = timeout * (i + 1);
        if (passed >= least - slack) continue;
        throw new Failure(
          `your client sent try ${i + 2} ${
            Math.round(passed)
          } ms after the line was typed; with a time-out of ${timeout} ms it was expected to wait ${least} ms`,
        );
      }
    },
  );
}

/** The check of lesson 04. */
export const check: Check = {
  lesson: "04_udp_echo",
  cases: byStage([
    ...serverCases,
    ...clientCases,
    ...pairMatrix("get every line answered", async (script, whose) => {
      const server = await script.startServer({ whose: whose.server });
      const client = await script.startClient(server, PATIENT, whose.client);
      await client.answers("Grüße", "GRÜSSE");
      await client.answers("", "");
      await client.answers("baby", "BABY");
      await client.hearsNoMore();
      await client.endsWell();
    }),
  ], stagesOf("04_udp_echo")),
  own,
  python,
};

register(check, import.meta.url);
