/**
 * The cases of a client.
 *
 * @module
 */
import { toBytes } from "../../kit/bytes.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { Failure } from "../../kit/failure.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import type { Script } from "../../kit/script.ts";
import { type MoreTime, withMoreTime } from "../../kit/more_time.ts";
import { rests } from "../../kit/stays.ts";
import {
  files,
  filesAlone,
  holds,
  isMissing,
  isWhole,
} from "../07_md5_file_transfer/files.ts";
import { withFileLimit } from "../07_md5_file_transfer/limits.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import {
  apprentice,
  hastyReceiver,
  leavesAtOnce,
  leavesHalf,
  losesCount,
  noBackOff,
  silentAboutDuplicates,
  takesAnybody,
} from "./misunderstandings.ts";
import { ack, blocksOf, data, error, options as taken } from "./packets.ts";
import { TftpPeer } from "./tftp_peer.ts";
import { givesWithLosses, putWithLosses, THIRTY } from "./losses.ts";
import {
  askingCase,
  asks,
  FILE,
  fillsTheDisk,
  LONG,
  PATIENT,
} from "./meetings.ts";
import {
  hasBefore,
  isNotPutOff,
  isTurnedAway,
  wasNotMoved,
} from "./strangers.ts";
import {
  DOUBLING,
  isSteady,
  repeatsItsRequest,
  staysLong,
  waitsForTheSender,
} from "./time.ts";
import { WRAP, writesPastTheWrap } from "./wrap.ts";

/** Windows of four small blocks, and time-outs that pass soon. */
const ON_A_BAD_NETWORK = [
  ...["--timeout", "50", "--tries", "20"],
  ...["--windowsize", "4", "--blksize", "8"],
];

/** A client that asks three times waits seven times so long, in milliseconds: a machine that is later than that lets it give up before a block can come. */
const IN_THE_MIDDLE: MoreTime = {
  times: [50, 400],
  slack: 3,
  isPassSure: true,
};

/** Words that ask for nothing. */
const NO_CALLS = [["get"], ["fetch", "a"], ["get", "a", "b", "c"]];

/** In the order in which a learner should meet them. */
export const clientCases: Case[] = [
  askingCase(
    "gets a file block by block, and says how long it is",
    "get file here/new",
    {
      guards: [6, 7, 9],
    },
    async ({ script, client, server }) => {
      const other = server.stranger();
      await other.sends(toBytes("hello"), ack(7)); // late ones of a former transfer, which say nothing of this one's port
      await rests(client);
      for (const [i, block] of blocksOf(FILE).entries()) {
        await server.asks([block], ack(i + 1));
      }
      await client.printsAll("1200 new");
      await holds(script, "here", { file: FILE, new: FILE });
    },
  ),
  askingCase("gets an empty file into its own folder", "get empty", {
    guards: [2, 6],
  }, async ({ script, client, server }) => {
    await server.asks([data(1, 0)], ack(1));
    await client.printsAll("0 empty");
    await script.step(
      "the file is there",
      () => isWhole(script, "empty", new Uint8Array()),
    );
  }),
  askingCase(
    "acknowledges a block again each time that it comes again, and writes it once",
    "get file here/new",
    { guards: [7], known: [silentAboutDuplicates] },
    async ({ script, client, server }) => {
      const one = data(1, 512);
      await server.asks([one], ack(1));
      await server.sends(...Array.from({ length: 12 }, () => one));
      for (let count = 0; count < 12; count++) await server.getsAgain(ack(1));
      await server.asks([data(2, 512)], ack(2));
      await server.asks([data(3, 5)], ack(3));
      await client.printsAll("1029 new");
      const whole = new Uint8Array(1029).fill(1, 0, 512).fill(2, 512)
        .fill(3, 1024);
      await script.step(
        "the file is whole",
        () => isWhole(script, "here/new", whole),
      );
    },
  ),
  askingCase("stays for a last block that comes again", "get file here/new", {
    guards: [8],
    known: [leavesAtOnce],
  }, async ({ client, server }) => {
    await server.asks([data(1, 512)], ack(1));
    const last = data(2, 100);
    await whileHeldUp(client, () => server.sends(last, last, last));
    await server.gets(ack(2));
    await server.getsAgain(ack(2));
    await server.getsAgain(ack(2));
    await client.printsAll("612 new");
  }),
  caseOf(
    "client",
    "asks again when its time is up, waits longer then, and gives up",
    { guards: [4, 11], waits: true, known: [noBackOff] },
    async (script) => {
      await withMoreTime(script, DOUBLING, async (timeout) => {
        await filesAlone(script, { "here/file": FILE });
        const args = ["--timeout", `${timeout}`, "--tries", "5"];
        const { client, door } = await asks(script, "get file here/new", args);
        await repeatsItsRequest(door, 5, timeout);
        const { port } = door.address;
        await client.gives(1, `127.0.0.1:${port}`);
        await holds(script, "here", { file: FILE });
      });
    },
  ),
  askingCase(
    "answers a stranger with error 5, and goes on as if nothing had come",
    "get file here/new",
    {
      guards: [9],
      known: [takesAnybody],
    },
    async ({ script, client, server }) => {
      await server.asks([data(1, 512)], ack(1));
      const stranger = server.stranger();
      await stranger.sends(data(2, new Uint8Array(512)));
      await rests(client);
      await wasNotMoved(server, stranger, ack(2));
      await stranger.getsError(5);
      await isTurnedAway(server.stranger());
      const other = server.stranger();
      await other.sends(error(0));
      await rests(client);
      await server.asks([data(2, 7)], ack(2));
      await client.printsAll("519 new");
      await other.hasGotNothingNew();
      const whole = new Uint8Array(519).fill(1, 0, 512).fill(2, 512);
      await script.step(
        "the file is whole",
        () => isWhole(script, "here/new", whole),
      );
    },
  ),
  askingCase(
    "says what it is told in an error, and keeps what it had",
    "get file here/file",
    {
      guards: [11, 12],
      known: [leavesHalf],
    },
    async ({ script, client, server }) => {
      await server.sends(error(1, "no such file today"));
      await client.gives(1, "no such file today");
      await server.hasGotNothingNew();
      await holds(script, "here", { file: FILE });
    },
  ),
  askingCase("keeps what it had when a file breaks off", "get file here/file", {
    guards: [11, 12],
    known: [leavesHalf],
  }, async ({ script, client, server }) => {
    await server.asks([data(1, 512)], ack(1));
    await server.asks([data(2, 512)], ack(2));
    await script.step(
      "here/file is still the old one",
      () => isWhole(script, "here/file", FILE),
    );
    await server.sends(error(0, "the server closes"));
    await client.gives(1, "the server closes");
    await server.hasGotNothingNew();
    await holds(script, "here", { file: FILE });
  }),
  askingCase(
    "says error 3 when the disk is full, and leaves nothing",
    "get file here/new",
    {
      guards: [10, 11, 12],
      known: [leavesHalf],
      only: WITH_SIGNALS,
      through: withFileLimit(16),
    },
    async ({ script, client, server }) => {
      await fillsTheDisk(server);
      await client.gives(1);
      await holds(script, "here", { file: FILE });
    },
  ),
  caseOf("client", "leaves nothing when it gives up in the middle of a file", {
    guards: [4, 12],
    waits: true,
    known: [leavesHalf],
  }, async (script) => {
    await withMoreTime(script, IN_THE_MIDDLE, async (timeout) => {
      await filesAlone(script, { "here/file": FILE });
      const args = ["--timeout", `${timeout}`, "--tries", "3"];
      const { client, server } = await asks(script, "get file here/new", args);
      await server.asks([data(1, 512)], ack(1));
      await isMissing(script, "here/new");
      await client.gives(1);
      await holds(script, "here", { file: FILE });
    });
  }),
  askingCase(
    "waits for a server whose time-out has grown",
    "get file here/new",
    {
      guards: [4],
      waits: true,
      known: [hastyReceiver],
      args: [],
    },
    async ({ client, server }) => {
      await waitsForTheSender(
        server,
        blocksOf(LONG),
        () => client.program.exit !== undefined,
      );
      await client.printsAll(`${LONG.length} new`);
    },
  ),
  ...NO_CALLS.map((words) =>
    caseOf("client", `refuses to be called with ${words.join(" ")}`, {
      guards: [13],
    }, async (script) => {
      const door = TftpPeer.server(script);
      const client = await script.startClient(door, words);
      await client.gives(2);
      await door.hasGotNothingNew();
    })
  ),
  askingCase("puts a file block by block", "put here/file", {
    guards: [2, 14],
  }, async ({ client, server }) => {
    await server.sends(ack(0));
    for (const [i, block] of blocksOf(FILE).entries()) {
      await server.gets(block);
      await server.sends(ack(i + 1));
    }
    await client.printsAll("1200 file");
    await server.hasGotNothingNew();
  }),
  caseOf("client", "puts files of all sizes under other names", {
    guards: [2, 14],
  }, async (script) => {
    for (const size of [0, 512, 1024]) {
      const file = random(size);
      await files(script, { [`here/${size}`]: file });
      const { client, server } = await asks(
        script,
        `put here/${size} other${size}`,
      );
      await server.sends(ack(0));
      for (const [i, block] of blocksOf(file).entries()) {
        await server.gets(block);
        await server.sends(ack(i + 1));
      }
      await client.printsAll(`${size} other${size}`);
      await server.hasGotNothingNew();
    }
  }),
  askingCase(
    "sends each block for the first acknowledgement alone",
    "put here/file",
    {
      guards: [3, 9, 14],
      known: [apprentice],
      args: [...PATIENT, "--timeout", "100"],
    },
    async ({ client, server }) => {
      const [one, two, three] = blocksOf(FILE);
      if (!one || !two || !three) throw new Error("Cannot put: no blocks");
      await server.asks([ack(0)], one);
      await isNotPutOff(server, server.stranger(), one);
      await server.asks(Array.from({ length: 40 }, () => ack(1)), two);
      await rests(client);
      await server.cameAtMost(two, 20);
      await server.sends(ack(1), ack(0), ack(9));
      await server.asks([ack(2)], three);
      await server.sends(ack(3));
      await client.printsAll("1200 file");
    },
  ),
  askingCase("says why a put is refused", "put here/file", {
    guards: [11, 14],
  }, async ({ client, server }) => {
    await server.sends(error(3, "the disk is full"));
    await client.gives(1, "the disk is full");
  }),
  askingCase(
    "asks for blocks of 1428 bytes and windows of 16",
    "get file here/new",
    {
      guards: [16, 18],
    },
    async ({ script, client, server, asked }) => {
      await hasAsked(script, asked, {
        blksize: 1428,
        windowsize: 16,
        tsize: 0,
      });
      await server.sends(
        taken({ blksize: 1428, windowsize: 16, tsize: 1200 }),
      );
      await hasBefore(server, server.stranger(), ack(0));
      await server.gets(ack(0));
      await server.asks(
        [taken({ blksize: 1428, windowsize: 16, tsize: 1200 })],
        ack(0),
      );
      await server.asks([data(1, FILE)], ack(1));
      await client.printsAll("1200 new");
    },
  ),
  caseOf("client", "refuses sizes that are out of range", {
    guards: [13, 16],
  }, async (script) => {
    const door = TftpPeer.server(script);
    for (const flag of ["--windowsize 65", "--blksize 7"]) {
      const words = ["get", "a", ...flag.split(" ")];
      const client = await script.startClient(door, words);
      await client.gives(2);
    }
    await door.hasGotNothingNew();
  }),
  askingCase("goes by what the server takes", "put here/file", {
    guards: [16, 18],
    args: [...PATIENT, "--blksize", "1000", "--windowsize", "3"],
  }, async ({ script, client, server, asked }) => {
    await hasAsked(script, asked, {
      blksize: 1000,
      windowsize: 3,
      tsize: 1200,
    });
    const [one, two] = blocksOf(FILE, 900);
    if (!one || !two) throw new Error("Cannot put: no blocks");
    await server.asks([taken({ blksize: 900 })], one);
    await rests(client);
    await server.hasGotNothingNew();
    await server.asks([ack(1)], two);
    await server.sends(ack(2));
    await client.printsAll("1200 file");
  }),
  ...[
    { blksize: 1429 },
    { blksize: 7 },
    { windowsize: 17 },
    { windowsize: 0 },
    { timeout: 1 },
  ].map((answer) =>
    askingCase(
      `refuses an answer with ${JSON.stringify(answer)}`,
      "get file here/new",
      { guards: [18] },
      async ({ script, client, server }) => {
        await server.sends(taken(answer));
        await server.getsError(8);
        await client.gives(1);
        await holds(script, "here", { file: FILE });
      },
    )
  ),
  askingCase(
    "sends a window, never more, and goes on behind what is acknowledged",
    "put here/file",
    {
      guards: [18, 19, 22],
      args: [...PATIENT, "--windowsize", "8", "--blksize", "8"], // the server takes less
      there: { "here/file": FILE.subarray(0, 100) },
    },
    async ({ client, server }) => {
      const all = blocksOf(FILE.subarray(0, 100), 8);
      await server.sends(taken({ blksize: 8, windowsize: 4 }));
      await server.getsAll("data 1 to 4", all.slice(0, 4));
      await rests(client);
      await server.hasGotNothingNew();
      await server.sends(ack(4));
      await server.getsAll("data 5 to 8", all.slice(4, 8));
      await server.sends(ack(6));
      await server.getsAll("data 7 to 10", all.slice(6, 10));
      await rests(client);
      await server.hasGotNothingNew();
      await server.sends(ack(10));
      await server.getsAll("data 11 to 13", all.slice(10));
      await server.sends(ack(13));
      await client.printsAll("100 file");
    },
  ),
  askingCase(
    "acknowledges once a window, and a gap at once",
    "get file here/new",
    {
      guards: [20, 21],
      args: [...PATIENT, "--windowsize", "4", "--blksize", "8"],
    },
    async ({ script, client, server }) => {
      const file = FILE.subarray(0, 75);
      const all = blocksOf(file, 8);
      const some = (...numbers: number[]) =>
        numbers.flatMap((number) => all[number - 1] ?? []);
      await server.asks([taken({ blksize: 8, windowsize: 4 })], ack(0));
      await whileHeldUp(client, () => server.sends(...some(1, 2, 3, 4)));
      await hasBefore(server, server.stranger(), ack(4));
      await server.gets(ack(4));
      await server.sends(...some(5, 7));
      await hasBefore(server, server.stranger(), ack(5));
      await server.gets(ack(5));
      await server.sends(...some(8));
      await whileHeldUp(client, () => server.sends(...some(6, 7, 8, 9)));
      await server.gets(ack(9));
      await server.asks(some(10), ack(10));
      await client.printsAll("75 new");
      await script.step(
        "the file is whole",
        () => isWhole(script, "here/new", file),
      );
    },
  ),
  askingCase("puts the whole file, whatever is lost", "put here/file", {
    guards: [4, 19, 22],
    waits: true,
    args: ON_A_BAD_NETWORK,
    there: { "here/file": THIRTY },
  }, async ({ client, server }) => {
    await putWithLosses(server);
    await client.printsAll(`${THIRTY.length} file`);
  }),
  askingCase("gets the whole file, whatever is lost", "get file here/new", {
    guards: [7, 20, 21],
    args: ON_A_BAD_NETWORK,
  }, async ({ script, client, server }) => {
    await givesWithLosses(server);
    await client.printsAll(`${THIRTY.length} new`);
    await holds(script, "here", { file: FILE, new: THIRTY });
  }),
  askingCase(
    "counts on when the numbers begin again with 0",
    "get file here/new",
    {
      guards: [23],
      waits: true,
      known: [losesCount],
      args: [
        ...PATIENT,
        ...["--timeout", "50", "--windowsize", "64", "--blksize", "8"],
      ],
    },
    async ({ script, client, server }) => {
      await server.asks([taken({ blksize: 8, windowsize: 64 })], ack(0));
      await writesPastTheWrap(server);
      await client.printsAll(`${WRAP.length} new`);
      await script.step(
        "the file is whole",
        () => isWhole(script, "here/new", WRAP),
      );
    },
  ),
  askingCase(
    "sends nothing twice when each answer takes its time",
    "put here/file",
    {
      guards: [24],
      waits: true,
      args: ["--timeout", "50", "--tries", "20"],
      there: { "here/file": random(512 * 9) },
    },
    async ({ script, client, server }) => {
      const file = await Deno.readFile(`${script.stage.folder}/here/file`);
      await server.sends(ack(0));
      await isSteady(script, server, blocksOf(file), 250, (i) => ack(i + 1));
      await client.printsAll(`${512 * 9} file`);
    },
  ),
  askingCase(
    "stays as long as its time-out when answers are late",
    "get file here/new",
    { guards: [8, 24], waits: true },
    async ({ client, server }) => {
      await staysLong(server, blocksOf(FILE));
      await client.printsAll("1200 new");
    },
  ),
];

/** The client has asked for these options, whatever else it asked for. */
async function hasAsked(
  script: Script,
  asked: ReadonlyMap<string, string>,
  wanted: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [name, value] of Object.entries(wanted)) {
    await script.step(`it asked for ${name} ${value}`, () => {
      const found = asked.get(name);
      if (found === String(value)) return;
      const what = found === undefined ? "no such option" : `${name} ${found}`;
      throw new Failure(
        `your client asked for ${what}; it was expected to ask for ${name} ${value}`,
        { found: what },
      );
    });
  }
}
