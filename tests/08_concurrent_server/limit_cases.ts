/**
 * What the room does when somebody overdoes it.
 *
 * @module
 */
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { inParallel } from "../../kit/parallel.ts";
import type { Script } from "../../kit/script.ts";
import type { TcpPeer } from "../../kit/tcp_peer.ts";
import {
  anError,
  comesIn,
  gone,
  hear,
  knocks,
  roomOf,
  same,
  says,
  takeLines,
} from "./guests.ts";
import { awaitsEach, checksThenWaits, keepsAll } from "./misunderstandings.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** The longest line, in bytes. */
const LONGEST = 4096;

/** So many want one name at once. */
const RIVALS = 10;

/** A long line, so that there is soon much to read, in bytes. */
const LONG = 4000;

/** So many of them are said in one go. */
const IN_ONE_GO = 60;

/** More than the system's buffers and any queue of 256 KiB hold together, in bytes. */
const MOST_SAID = 16 * MiB;

const TOO_SLOW = "* bob has left (too slow)";

/** The cases of stage 3. */
export const limitCases: readonly Case[] = [
  caseOf("server", "refuses a name that is taken, in whatever case", {
    guards: [14],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "Anna");
    for (const name of ["Anna", "anna", "ANNA"]) {
      const other = await knocks(script, server, "another");
      await other.asks(`${name}\n`, anError);
      await other.gets(gone);
    }
    const bob = await comesIn(script, server, "bob", [anna]);
    await anna.does(hangUp());
    await bob.gets("* Anna has left\n");
    await comesIn(script, server, "aNNA", [bob]);
  }),
  caseOf("server", `gives a name that ${RIVALS} want at once to one of them`, {
    guards: [14],
    known: [checksThenWaits],
  }, async (script) => {
    const server = await script.startServer();
    const bob = await comesIn(script, server, "bob");
    const other = await knocks(script, server, "another");
    await other.asks("bob\n", anError);
    await other.gets(gone);
    const rivals: TcpPeer[] = [];
    for (let i = 1; i <= RIVALS; i++) {
      rivals.push(await knocks(script, server, `rival ${i}`));
    }
    await whileHeldUp(server, async () => {
      for (const rival of rivals) await rival.sends("anna\n");
    });
    await script.step(
      "one of them gets in, and the others are refused",
      async () => {
        const lines = await inParallel(
          RIVALS,
          rivals.map((rival) => async () =>
            (await takeLines(rival, 1))[0] ?? ""
          ),
        );
        const isIn = (i: number) => lines[i]?.startsWith("* in the room:");
        const count = rivals.filter((_, i) => isIn(i)).length;
        if (count !== 1) {
          const found = `${count} of ${RIVALS} got in`;
          throw new Failure(
            `${found}; ${server.label} was expected to let one in and to refuse the others`,
            { found },
          );
        }
        for (const [i, rival] of rivals.entries()) {
          if (isIn(i)) continue;
          same(
            rival,
            [lines[i]?.slice(0, 7) ?? ""],
            ["error: "],
            "the name was taken",
          );
          await gone.take(rival.inbox);
        }
      },
    );
    await bob.gets("* anna has come\n");
    const carl = await knocks(script, server, "carl");
    await carl.asks("carl\n", roomOf(["bob", "anna"]));
    for (const rival of rivals) rival.mayGetMore = true; // the one who got in hears of carl
    await bob.gets("* carl has come\n");
  }),
  caseOf(
    "server",
    "passes the longest line on, and lets go who says a longer one",
    {
      guards: [15],
    },
    async (script) => {
      const server = await script.startServer();
      const anna = await comesIn(script, server, "anna");
      let bob = await comesIn(script, server, "bob", [anna]);
      const longest = "ü".repeat(LONGEST / 2);
      await says(bob, longest, anna);
      await bob.sends(`${longest}\r\n`);
      await anna.gets(`[bob] ${longest}\n`);
      // With a longer one it is known at once, before its LF has come, or with it.
      for (const tooLong of ["a".repeat(LONGEST + 2), `${longest}x\n`]) {
        await bob.asks(tooLong, anError);
        await bob.gets(gone);
        await anna.gets("* bob has left\n");
        bob = await comesIn(script, server, "bob", [anna]);
      }
      const stranger = await knocks(script, server, "a stranger");
      await stranger.asks("a".repeat(LONGEST + 2), anError);
      await stranger.gets(gone);
      await says(bob, "still here", anna);
    },
  ),
  caseOf("server", "keeps who does not read for a while", {
    guards: [16, 17],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const bob = await comesIn(script, server, "bob", [anna]);
    const carl = await comesIn(script, server, "carl", [anna, bob]);
    const texts = longTexts(0);
    await whileHeldUp(server, () => anna.sends(linesOf(texts)));
    await hear([carl, bob], linesOf(texts.map((text) => `[anna] ${text}`)));
    await says(bob, "that was long", anna, carl);
  }),
  caseOf("server", "lets go who does not read, and holds up nobody else", {
    guards: [16, 17],
    known: [awaitsEach, keepsAll],
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const bob = await comesIn(script, server, "bob", [anna]);
    const carl = await comesIn(script, server, "carl", [anna, bob]);
    bob.mayGetMore = true;
    await talkUntilGone(script, anna, bob, carl);
    await anna.gets(`${TOO_SLOW}\n`);
    await says(carl, "where is bob?", anna);
    await comesIn(script, server, "dora", [anna, carl]);
  }),
  caseOf("server", "counts its clients, and turns away who is one too many", {
    guards: [18],
  }, async (script) => {
    const server = await script.startServer({ args: ["--max", "3"] });
    const anna = await comesIn(script, server, "anna");
    const stranger = await knocks(script, server, "a stranger");
    const bob = await comesIn(script, server, "bob", [anna]);
    for (let i = 0; i < 2; i++) {
      const late = await script.connect(server, { us: "one too many" });
      await late.gets("error: the room is full\n");
      await late.gets(gone);
    }
    await bob.does(hangUp());
    await anna.gets("* bob has left\n");
    const carl = await comesIn(script, server, "carl", [anna]);
    await stranger.asks("dora\n", roomOf(["anna", "carl"]));
    await hear([anna, carl], "* dora has come\n");
  }),
  caseOf("server", "takes a --max from 1 to 1000, and no other", {
    guards: [18],
  }, async (script) => {
    for (const max of ["0", "1001"]) {
      const server = await script.launchServer(0, { args: ["--max", max] });
      await server.gives(2, "--max");
    }
  }),
  caseOf("server", "tells on Ctrl-C that the room closes", {
    guards: [19],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const bob = await comesIn(script, server, "bob", [anna]);
    await says(anna, "good night", bob);
    await server.getsCtrlC();
    for (const guest of [anna, bob]) {
      await guest.gets("* the room closes\n");
      await guest.gets(gone);
    }
    await server.endsWell();
  }),
];

/** Long lines, numbered. */
function longTexts(from: number): string[] {
  return Array.from(
    { length: IN_ONE_GO },
    (_, i) => `${from + i} `.padEnd(LONG, "a"),
  );
}

function linesOf(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/**
 * Anna talks, and carl hears it all, until the server lets bob go, who does not
 * read. She waits for carl, so that he is never too slow.
 */
async function talkUntilGone(
  script: Script,
  anna: TcpPeer,
  bob: TcpPeer,
  carl: TcpPeer,
): Promise<void> {
  await script.step(
    `anna says long lines until bob is let go, who does not read, and carl hears them all`,
    async () => {
      for (let said = 0; said * LONG < MOST_SAID; said += IN_ONE_GO) {
        const texts = longTexts(said);
        await anna.wire.write(new TextEncoder().encode(linesOf(texts)));
        const heard = await takeLines(carl, IN_ONE_GO);
        const at = heard.indexOf(TOO_SLOW);
        if (at !== -1) {
          heard.splice(at, 1);
          heard.push(...await takeLines(carl, 1));
        }
        same(
          carl,
          heard,
          texts.map((text) => `[anna] ${text}`),
          "all that anna has said",
        );
        if (at !== -1) return;
      }
      await findKept(bob);
    },
  );
}

/** Bob was not let go: was all that he had not read kept for him? */
async function findKept(bob: TcpPeer): Promise<never> {
  const size = MOST_SAID / MiB;
  let found = "";
  try {
    const count = Math.ceil(MOST_SAID / LONG / IN_ONE_GO) * IN_ONE_GO;
    const last = (await takeLines(bob, count)).at(-1) ?? "";
    if (last.startsWith(`[anna] ${count - 1} `)) {
      found = "bob got all of it later";
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  throw new Failure(
    `${bob.label} had been given ${size} MiB for bob, who read nothing, and had not let him go`,
    { found },
  );
}
