/**
 * What the room does while nobody overdoes it.
 *
 * @module
 */
import { toBytes } from "../../kit/bytes.ts";
import type { Case } from "../../kit/case.ts";
import { caseOf, serverCase } from "../../kit/cases.ts";
import { untilTheEnd } from "../../kit/common.ts";
import { chop, EVERY_SIZE } from "../../kit/faults/chop.ts";
import { cut } from "../../kit/faults/cut.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logsConnected } from "../../kit/log.ts";
import {
  anError,
  aTurn,
  comesIn,
  fill,
  gone,
  hear,
  knocks,
  roomOf,
  same,
  says,
  takeLines,
  WELCOME,
} from "./guests.ts";
import {
  echoes,
  HALF,
  noticesLate,
  oneByOne,
  readIsLine,
  resetIsFatal,
  sharesBuffer,
  tellsStrangers,
} from "./misunderstandings.ts";

/** Names that are none. */
const BAD_NAMES = [
  "",
  " ",
  "an na",
  "anna!",
  "änna",
  "名",
  "*",
  "a_b",
  "x".repeat(17),
  " anna",
  "anna ",
  "anna\r\r", // one CR is left of it
  "\u212A", // a sign for kelvin; its small letter is a k
];

/** Texts that a program may take for something else. */
const ODD_TEXTS = [
  "  two  blanks\t\u2028 grün 你好 😀 [x] * ",
  "$& $$ $1 %s \\n",
  "/quit",
  "* anna has left",
  "error: not at all",
  "a\0b",
  "e\u0301 is no \u00e9",
];

/** So many talk at once in a full room, and each says so much. */
const TALKERS = 50;
const LINES_EACH = 20;

/** How many come and go. */
const VISITORS = 200;

/** So many lines are under way when somebody breaks off. */
const UNDER_WAY = 200;

/** The cases of stages 1 and 2. */
export const serverCases: readonly Case[] = [
  serverCase("asks for a name, and tells who is in the room", {
    guards: [1, 4, 5, 6],
    known: [oneByOne, untilTheEnd],
  }, async ({ script, server, client: first }) => {
    await logsConnected(server, first);
    await first.gets(WELCOME);
    await first.asks("anna\n", roomOf([]));
    first.mayGetMore = true; // of those who come later: that is the next stage's
    const names = ["anna"];
    for (const name of ["bob", "Carl3", "x".repeat(16), "7up"]) {
      const guest = await knocks(script, server, name);
      await guest.asks(`${name}\n`, roomOf(names));
      guest.mayGetMore = true;
      names.push(name);
    }
  }),
  serverCase("asks a client while others are silent", {
    guards: [4],
    known: [oneByOne],
  }, async ({ script, server, client: silent }) => {
    await silent.gets(WELCOME);
    silent.mayGetMore = true;
    const anna = await knocks(script, server, "anna");
    await anna.asks("anna\n", roomOf([]));
  }),
  caseOf("server", "takes a name that comes in parts, or with CR and LF", {
    guards: [2, 3, 6],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await knocks(script, server, "anna");
    await anna.sends("an");
    await aTurn(script, server);
    await anna.asks("na\r\n", roomOf([]));
    anna.mayGetMore = true;
    const bob = await knocks(script, server, "bob");
    await bob.asks("bob\r\n", roomOf(["anna"]), cut(1));
  }),
  caseOf("server", "refuses what is no name", {
    guards: [5],
  }, async (script) => {
    const server = await script.startServer();
    for (const name of BAD_NAMES) {
      const guest = await knocks(script, server, "a stranger");
      await guest.asks(`${name}\n`, anError);
      await guest.gets(gone);
    }
    const anna = await knocks(script, server, "anna");
    await anna.asks("anna\n", roomOf([]));
  }),
  caseOf("server", "tells the others who comes, what is said and who leaves", {
    guards: [6, 7, 8, 9, 11],
    known: [echoes],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const bob = await comesIn(script, server, "bob", [anna]);
    await says(anna, "hello", bob);
    await says(bob, "hello anna", anna);
    const carl = await comesIn(script, server, "carl", [anna, bob]);
    await says(bob, "", anna, carl);
    for (const text of ODD_TEXTS) await says(carl, text, anna, bob);
    await bob.does(hangUp());
    await hear([anna, carl], "* bob has left\n");
    const long = await comesIn(script, server, "x".repeat(16), [anna, carl]);
    await says(anna, "what a name", carl, long);
    await says(long, "indeed", anna, carl);
    await long.does(hangUp());
    await hear([anna, carl], `* ${long.us} has left\n`);
    const dora = await comesIn(script, server, "dora", [anna, carl]);
    await says(anna, "hello dora", carl, dora);
  }),
  caseOf(
    "server",
    "puts lines together that come in parts, for each by itself",
    {
      guards: [3, 8],
      known: [readIsLine, sharesBuffer],
    },
    async (script) => {
      const server = await script.startServer();
      const anna = await comesIn(script, server, "anna");
      const bob = await comesIn(script, server, "bob", [anna]);
      const carl = await comesIn(script, server, "carl", [anna, bob]);
      await anna.sends("one\ntwo\n\nthree\n");
      await hear(
        [bob, carl],
        "[anna] one\n[anna] two\n[anna] \n[anna] three\n",
      );
      await anna.sends(HALF);
      await aTurn(script, server);
      await says(bob, "one", anna, carl);
      await anna.sends(" line\n");
      await hear([bob, carl], `[anna] ${HALF} line\n`);
      const encoded = toBytes("grün\n");
      await anna.sends(encoded.subarray(0, 3)); // the first byte of two
      await aTurn(script, server);
      await anna.sends(encoded.subarray(3));
      await hear([bob, carl], "[anna] grün\n");
    },
  ),
  caseOf(
    "server",
    "takes lines in writes of every size, with LF or with CR and LF",
    {
      guards: [2, 3, 8],
    },
    async (script) => {
      const server = await script.startServer();
      const anna = await comesIn(script, server, "anna");
      const bob = await comesIn(script, server, "bob", [anna]);
      const texts = Array.from(
        { length: 10 * EVERY_SIZE.length },
        (_, i) => `${i} 你好${" and so on".repeat(i % 5)}`,
      );
      await anna.sends(
        texts.map((text, i) => `${text}${i % 2 ? "\r\n" : "\n"}`).join(""),
        chop(...EVERY_SIZE),
      );
      await bob.gets(texts.map((text) => `[anna] ${text}\n`).join(""));
      await anna.sends("a\rb\r\r\n");
      await bob.gets("[anna] a\rb\r\n");
    },
  ),
  caseOf(
    "server",
    "tells nothing to who has no name yet, and nothing about them",
    {
      guards: [13],
      known: [tellsStrangers],
    },
    async (script) => {
      const server = await script.startServer();
      const anna = await comesIn(script, server, "anna");
      const stranger = await knocks(script, server, "a stranger");
      const bob = await comesIn(script, server, "bob", [anna]);
      await says(anna, "who is there?", bob);
      const silent = await knocks(script, server, "somebody silent");
      await silent.does(halfClose());
      await silent.gets(gone);
      const half = await knocks(script, server, "somebody cut off");
      await half.sends("doris", halfClose());
      await half.gets(gone);
      const refused = await knocks(script, server, "somebody refused");
      await refused.asks("no name\n", anError);
      await refused.gets(gone);
      await says(bob, "nobody", anna);
      await stranger.asks("carl\n", roomOf(["anna", "bob"]));
      await hear([anna, bob], "* carl has come\n");
    },
  ),
  caseOf("server", "tells who has left, in whatever way, and at once", {
    guards: [11, 12],
    known: [noticesLate, resetIsFatal],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const bob = await comesIn(script, server, "bob", [anna]);
    const carl = await comesIn(script, server, "carl", [anna, bob]);
    await carl.sends("the last one\nthis is not sa", hangUp());
    await hear([anna, bob], "[carl] the last one\n");
    await hear([anna, bob], "* carl has left\n");
    const dora = await comesIn(script, server, "dora", [anna, bob], {
      canReset: true,
    });
    await dora.sends("neither is th");
    await dora.does(reset());
    await hear([anna, bob], "* dora has left\n");
    const emil = await comesIn(script, server, "emil", [anna, bob]);
    await emil.sends("nor th", halfClose());
    await hear([anna, bob], "* emil has left\n");
    await emil.gets(gone);
    await says(anna, "we are alone", bob);
  }),
  caseOf(
    "server",
    "goes on when somebody breaks off while lines are under way",
    {
      guards: [8, 10, 11],
      known: [resetIsFatal],
    },
    async (script) => {
      const server = await script.startServer();
      const anna = await comesIn(script, server, "anna");
      const bob = await comesIn(script, server, "bob", [anna]);
      const carl = await comesIn(script, server, "carl", [anna, bob], {
        canReset: true,
      });
      const dora = await comesIn(script, server, "dora", [anna, bob, carl]);
      const texts = Array.from({ length: UNDER_WAY }, (_, i) => `line ${i}`);
      await whileHeldUp(server, async () => {
        await bob.sends(texts.map((text) => `${text}\n`).join(""));
        await carl.does(reset());
      });
      await script.step(
        "anna and dora get it all, and that carl has left",
        async () => {
          const heard = await takeLines(anna, UNDER_WAY + 1);
          const left = "* carl has left";
          const said = heard.filter((line) => line !== left);
          const wanted = texts.map((text) => `[bob] ${text}`);
          same(
            anna,
            said,
            said.length === heard.length ? [...wanted, left] : wanted,
            "all that was said, and who left",
          );
          same(
            dora,
            await takeLines(dora, heard.length),
            heard,
            "the same as anna, in the same order",
          );
        },
      );
      await bob.gets("* carl has left\n");
    },
  ),
  caseOf(
    "server",
    `gives ${LINES_EACH} lines of each of ${TALKERS} to all the others, in one order`,
    {
      guards: [8, 9, 10],
    },
    async (script) => {
      const server = await script.startServer();
      const names = Array.from({ length: TALKERS }, (_, i) => `guest${i + 1}`);
      const talkers = await fill(script, server, names);
      const anna = await comesIn(script, server, "anna", talkers);
      await script.step(
        `each of the ${TALKERS} says ${LINES_EACH} lines, and all hear the others`,
        async () => {
          const textOf = (i: number) => `line ${i + 1}`;
          const all = Array.from(
            { length: LINES_EACH },
            (_, i) => `${textOf(i)}\n`,
          );
          await Promise.all(
            talkers.map((talker) => talker.sends(all.join(""))),
          );
          const order = await takeLines(anna, TALKERS * LINES_EACH);
          for (const talker of talkers) {
            const prefix = `[${talker.us}] `;
            const own = order.filter((line) => line.startsWith(prefix));
            same(
              anna,
              own,
              all.map((_, i) => `${prefix}${textOf(i)}`),
              `all that ${talker.us} has said`,
            );
            const others = order.filter((line) => !line.startsWith(prefix));
            const heard = await takeLines(talker, others.length);
            same(talker, heard, others, "what anna got, in the same order");
          }
        },
      );
    },
  ),
  caseOf("server", `keeps an exact list while ${VISITORS} come and go`, {
    guards: [6, 7, 11],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    await script.step(
      `${VISITORS} come and go, and anna hears of each`,
      async () => {
        for (let i = 0; i < VISITORS; i++) {
          const wanted = [`* v${i} has come`, `* v${i} has left`];
          using conn = await Deno.connect(server.address);
          await conn.write(toBytes(`v${i}\n`));
          same(anna, await takeLines(anna, 1), wanted.slice(0, 1), "who came");
          if (i % 2) await conn.closeWrite();
          else conn.close();
          same(anna, await takeLines(anna, 1), wanted.slice(1), "who left");
        }
      },
    );
    await comesIn(script, server, "bob", [anna]);
  }),
];
