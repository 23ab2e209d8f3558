/**
 * What the room does when somebody overdoes it.
 *
 * @module
 */
import type { ServerActor } from "../../kit/actors.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { Hang } from "../../kit/guard.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { inParallel } from "../../kit/parallel.ts";
import type { Script } from "../../kit/script.ts";
import { rests } from "../../kit/stays.ts";
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
  WELCOME,
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
const IN_ONE_GO = 15;

/** So many of them wait for somebody who does not read for a while: less than 256 KiB. */
const FOR_A_WHILE = 60;

/** More than the system's buffers and any queue of 256 KiB hold together, in bytes. */
const MOST_SAID = 16 * MiB;

/** What the others hear of somebody who does not read. */
const tooSlow = (name: string) => `* ${name} has left (too slow)`;

/** So many clients may be connected unless told otherwise. */
const USUAL = 100;

/** So many long lines less than are too many for a member, and some wait for that one. */
const A_FEW = 2 * IN_ONE_GO;

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
      const server = await script.startServer({ args: ["--max", "3"] });
      const anna = await comesIn(script, server, "anna");
      const stranger = await knocks(script, server, "a stranger"); // the room is full with bob
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
    const texts = longTexts(0, FOR_A_WHILE);
    await whileHeldUp(server, () => anna.sends(linesOf(texts)));
    await hear([carl, bob], linesOf(texts.map((text) => `[anna] ${text}`)));
    await says(bob, "that was long", anna, carl);
  }),
  caseOf("server", "lets go who does not read, and holds up nobody else", {
    guards: [11, 16, 17, 18],
    known: [awaitsEach, keepsAll],
  }, async (script) => {
    const server = await script.startServer({ args: ["--max", "4"] });
    const anna = await comesIn(script, server, "anna");
    const carl = await comesIn(script, server, "carl", [anna]);
    const bob = await comesIn(script, server, "bob", [anna, carl]);
    const ben = await comesIn(script, server, "ben", [anna, carl, bob]);
    await talkUntilGone(script, anna, carl, [bob, ben]);
    await says(carl, "where are they?", anna);
    const dora = await comesIn(script, server, "dora", [anna, carl]); // their places are free
    await comesIn(script, server, "emil", [anna, carl, dora]);
    for (const slow of [bob, ben]) await reads(slow);
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
  caseOf("server", "counts nobody who has gone without a name", {
    guards: [18],
  }, async (script) => {
    const server = await script.startServer({ args: ["--max", "2"] });
    const anna = await comesIn(script, server, "anna");
    for (let i = 0; i < 2; i++) {
      const lost = await knocks(script, server, "a stranger");
      await lost.does(hangUp());
      await isFree(script, server);
      const refused = await knocks(script, server, "a stranger");
      await refused.asks("no name\n", anError);
      await refused.gets(gone);
      await isFree(script, server);
    }
    await comesIn(script, server, "bob", [anna]);
  }),
  caseOf("server", `takes ${USUAL} clients unless told otherwise`, {
    guards: [4, 6, 18],
  }, async (script) => {
    const server = await script.startServer();
    await script.step(`${USUAL} guests come in`, async () => {
      const names: string[] = [];
      for (let i = 1; i <= USUAL; i++) {
        const guest = await script.connectQuietly(server, `guest${i}`);
        await guest.gets(WELCOME);
        await guest.asks(`${guest.us}\n`, roomOf(names));
        guest.mayGetMore = true; // who comes later
        names.push(guest.us);
      }
    });
    const late = await script.connect(server, { us: "one too many" });
    await late.gets("error: the room is full\n");
    await late.gets(gone);
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
  caseOf("server", "ends on Ctrl-C, although somebody does not read", {
    guards: [19],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer();
    const anna = await comesIn(script, server, "anna");
    const carl = await comesIn(script, server, "carl", [anna]);
    const bob = await comesIn(script, server, "bob", [anna, carl]);
    const most = await talkUntilGone(script, anna, carl, [bob]);
    const ben = await comesIn(script, server, "ben", [anna, carl]);
    for (const silent of [bob, ben]) silent.mayGetMore = true;
    await script.step(
      "anna says fewer long lines than that, and carl hears them all",
      async () => {
        const isGone = (line: string) => line === tooSlow("ben"); // where the system took less than before
        for (let said = 0; said < most - A_FEW; said += IN_ONE_GO) {
          await talk(anna, carl, longTexts(said), isGone);
        }
      },
    );
    await server.getsCtrlC();
    for (const guest of [anna, carl]) guest.mayGetMore = true; // that ben is gone, perhaps
    await server.endsWell();
  }),
];

/** Long lines, numbered. */
function longTexts(from: number, count = IN_ONE_GO): string[] {
  return Array.from(
    { length: count },
    (_, i) => `${from + i} `.padEnd(LONG, "a"),
  );
}

function linesOf(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/** Anna says some lines, and carl hears them all. @param isAside Takes a line that she has not said. */
async function talk(
  anna: TcpPeer,
  carl: TcpPeer,
  texts: readonly string[],
  isAside: (line: string) => boolean = () => false,
): Promise<void> {
  await anna.wire.write(new TextEncoder().encode(linesOf(texts)));
  const heard: string[] = [];
  while (heard.length < texts.length) {
    const lines = await takeLines(carl, texts.length - heard.length);
    heard.push(...lines.filter((line) => !isAside(line)));
  }
  const wanted = texts.map((text) => `[anna] ${text}`);
  same(carl, heard, wanted, "all that anna has said");
}

/**
 * Anna talks, and carl hears it all, until the server lets go all who do not
 * read. She waits for carl, so that he is never too slow.
 *
 * @returns How many lines she has said.
 */
async function talkUntilGone(
  script: Script,
  anna: TcpPeer,
  carl: TcpPeer,
  slow: readonly TcpPeer[],
): Promise<number> {
  const staying = new Set(slow);
  const names = slow.map(({ us }) => us).join(" and ");
  const isGone = (line: string) => {
    const who = [...staying].find(({ us }) => line === tooSlow(us));
    if (who) staying.delete(who);
    return who !== undefined;
  };
  return await script.step(
    `anna says long lines until the server lets go ${names}, who read nothing, and carl hears them all`,
    async () => {
      let said = 0;
      while (staying.size > 0) {
        if (said * LONG >= MOST_SAID) await findKept([...staying]);
        const texts = longTexts(said);
        said += texts.length;
        await talk(anna, carl, texts, isGone);
      }
      const wanted = slow.map(({ us }) => tooSlow(us));
      const left = await takeLines(anna, slow.length);
      same(anna, left.sort(), wanted.sort(), "who has left");
      return said;
    },
  );
}

/** Reads all that was kept for somebody who was let go, up to the end of the connection. */
async function reads(slow: TcpPeer): Promise<void> {
  const { inbox, label, us } = slow;
  await slow.scene.step(
    `${us} reads, and sees the connection end`,
    async () => {
      while (!inbox.hasEnded) {
        inbox.take(inbox.bytes.length);
        try {
          await inbox.more();
        } catch (error) {
          if (!(error instanceof Hang)) throw error;
          throw Failure.ofSilence(
            error,
            `${label} kept the connection of ${us} open for ${error.time}, who was too slow; it was expected to end it`,
          );
        }
      }
      inbox.take(inbox.bytes.length);
    },
  );
}

/** A place that somebody had who has gone without a name is free: whoever knocks is asked for a name, and goes again. */
async function isFree(script: Script, server: ServerActor): Promise<void> {
  await rests(server); // nobody hears of it, so that is all that tells
  const next = await knocks(script, server, "the next one");
  await next.does(hangUp());
  await rests(server);
}

/** Some were not let go: was all that they had not read kept for them? */
async function findKept([one]: readonly TcpPeer[]): Promise<never> {
  if (!one) throw new Error("Cannot read: nobody has stayed");
  const { label, us } = one;
  const size = MOST_SAID / MiB;
  let found = "";
  try {
    const count = Math.ceil(MOST_SAID / LONG / IN_ONE_GO) * IN_ONE_GO;
    const last = (await takeLines(one, count)).at(-1) ?? "";
    if (last.startsWith(`[anna] ${count - 1} `)) found = "it came later";
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  throw new Failure(
    `${label} had been given ${size} MiB for ${us}, who read nothing, and had not let ${us} go`,
    { found },
  );
}
