/**
 * The cases of a server.
 *
 * @module
 */
import { formatAddress } from "@lessons/program.ts";
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";
import { toBytes } from "../../kit/bytes.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { caseOf } from "../../kit/cases.ts";
import { words } from "../../kit/expectations/line.ts";
import { Failure } from "../../kit/failure.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logs } from "../../kit/log.ts";
import { type MoreTime, withMoreTime } from "../../kit/more_time.ts";
import { rests } from "../../kit/stays.ts";
import {
  files,
  holds,
  isLinked,
  isWhole,
  path,
} from "../07_md5_file_transfer/files.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import { losesEach, THIRTY } from "./losses.ts";
import {
  apprentice,
  knownPort,
  losesCount,
  noBackOff,
  takesAnybody,
} from "./misunderstandings.ts";
import { ack, blocksOf, data, error, request } from "./packets.ts";
import { TftpPeer } from "./tftp_peer.ts";
import { FILE, LONG, PATIENT, reads, storeCase } from "./meetings.ts";
import {
  hasBefore,
  isNotPutOff,
  isTurnedAway,
  wasNotMoved,
} from "./strangers.ts";
import {
  DOUBLING,
  getsLaterAndLater,
  givesUpAfter,
  isSoonRepeated,
  isSteady,
} from "./time.ts";
import { readsPastTheWrap, WRAP } from "./wrap.ts";

/** A server waits twice so long for an answer to its second try, in milliseconds: its time is up by itself where the machine is later than that. */
const LAST_TRY: MoreTime = {
  times: [50, 300, 2_000],
  slack: 1,
  isPassSure: true,
};

/** Sizes at which something changes. */
const SIZES = [0, 511, 512, 513];

/** In the order in which a learner should meet them. */
export const serverCases: Case[] = [
  storeCase("gives a file in blocks, from a port of its own", {
    guards: [1, 2],
    known: [knownPort],
  }, async ({ client }) => {
    await reads(client, "file", FILE);
    await client.hasGotNothingNew();
  }),
  caseOf("server", "gives files of all sizes, the empty one, too", {
    guards: [2],
  }, async (script) => {
    const all = SIZES.map((size) => [`${size}`, random(size)] as const);
    await files(
      script,
      Object.fromEntries(
        all.map(([name, file]) => [`store/sub/${name}`, file]),
      ),
    );
    const server = await script.startServer({
      args: ["--dir", "store/sub", ...PATIENT],
    });
    for (const [name, file] of all) {
      const client = TftpPeer.client(script, server);
      await reads(client, name, file);
      await rests(server);
      await client.hasGotNothingNew();
    }
  }),
  storeCase("sends each block for the first acknowledgement alone", {
    guards: [3],
    known: [apprentice],
    there: { "store/file": random(512 * 4) },
  }, async ({ script, server, client }) => {
    const all = blocksOf(await Deno.readFile(path(script, "store/file")));
    const [one, two, three] = all;
    if (!one || !two || !three) throw new Error("Cannot read: no blocks");
    await client.asks([request("read", "file")], one);
    const again = Array.from({ length: 40 }, () => ack(1));
    await client.asks(again, two);
    await rests(server);
    await client.cameAtMost(two, 20);
    await client.asks([ack(2)], three);
    await client.sends(ack(1), ack(2), ack(9));
    await rests(server);
    await client.hasGotNothingNew();
  }),
  caseOf(
    "server",
    "sends a block again when its time is up, and waits longer then",
    { guards: [4], waits: true, known: [noBackOff] },
    async (script) => {
      const [one, two] = blocksOf(FILE);
      if (!one || !two) throw new Error("Cannot read: no blocks");
      await files(script, { "store/file": FILE });
      await withMoreTime(script, DOUBLING, async (timeout) => {
        const args = ["--timeout", `${timeout}`, "--tries", "8"];
        const server = await script.startServer({ args });
        const client = TftpPeer.client(script, server);
        const asked = performance.now();
        await client.asks([request("read", "file")], one);
        await getsLaterAndLater(client, one, 4, asked, timeout);
        await client.asks([ack(1)], two);
      });
    },
  ),
  storeCase("counts its tries anew for each block", {
    guards: [4],
    waits: true,
    server: { args: ["--timeout", "50", "--tries", "8"] },
    there: { "store/file": random(512 * 20) },
  }, async ({ script, client }) => {
    const all = blocksOf(await Deno.readFile(path(script, "store/file")));
    await client.sends(request("read", "file"));
    for (const [i, block] of all.entries()) {
      await client.gets(block);
      if (i % 2 === 1) await client.getsAgain(block); // the others tell it that round trips are short
      await client.sends(ack(i + 1));
    }
  }),
  storeCase("gives up after its tries", {
    guards: [4],
    waits: true,
    server: { args: ["--timeout", "50", "--tries", "3"] },
  }, async ({ server, client }) => {
    const [one] = blocksOf(FILE);
    if (!one) throw new Error("Cannot read: no block");
    await client.asks([request("read", "file")], one);
    await client.getsAgain(one);
    await client.getsAgain(one);
    await logs(server, words(formatAddress(client.address)));
    await client.cameAtMost(one, 3, givesUpAfter(3));
  }),
  caseOf("server", "waits for an answer to its last try, too", {
    guards: [4],
    waits: true,
  }, async (script) => {
    await files(script, { "store/file": FILE });
    const [one, two] = blocksOf(FILE);
    if (!one || !two) throw new Error("Cannot read: no blocks");
    await withMoreTime(script, LAST_TRY, async (timeout) => {
      const args = ["--timeout", `${timeout}`, "--tries", "2"];
      const server = await script.startServer({ args });
      const client = TftpPeer.client(script, server);
      await client.asks([request("read", "file")], one);
      await client.getsAgain(one);
      await rests(server);
      const { stdout } = server.program;
      if (!stdout.includes(formatAddress(client.address))) {
        return await client.asks([ack(1)], two);
      }
      throw new Failure(
        `your server gave up right after it had sent data 1 for the last time; with a time-out of ${timeout} ms it was expected to wait ${
          2 * timeout
        } ms for an answer to that, too`,
      );
    });
  }),
  storeCase("serves several clients at the same time", {
    guards: [5],
    there: { "store/file": FILE, "store/other": random(700) },
  }, async ({ script, server, client }) => {
    const other = TftpPeer.client(script, server, "client two");
    const mine = blocksOf(FILE);
    const theirs = blocksOf(
      await Deno.readFile(path(script, "store/other")),
    );
    const [one, two, three] = mine;
    const [first, second] = theirs;
    if (!one || !two || !three || !first || !second) {
      throw new Error("Cannot read: no blocks");
    }
    await client.asks([request("read", "file")], one);
    await other.asks([request("read", "other")], first);
    await client.asks([ack(1)], two);
    await other.asks([ack(1)], second);
    await other.sends(ack(2));
    await client.asks([ack(2)], three);
    await client.sends(ack(3));
  }),
  storeCase(
    "answers a stranger with error 5, and goes on as if nothing had come",
    {
      guards: [9],
      known: [takesAnybody],
      server: { args: [...PATIENT, "--timeout", "100"] },
    },
    async ({ server, client }) => {
      const [one, two, three] = blocksOf(FILE);
      if (!one || !two || !three) throw new Error("Cannot read: no blocks");
      await client.asks([request("read", "file")], one);
      const stranger = client.stranger();
      await stranger.sends(ack(1));
      await rests(server);
      await wasNotMoved(client, stranger, two);
      await stranger.getsError(5);
      await isTurnedAway(client.stranger());
      await isNotPutOff(client, client.stranger(), one);
      const other = client.stranger();
      await other.sends(error(0));
      await client.asks([ack(1)], two);
      await other.hasGotNothingNew();
      await client.asks([ack(2)], three);
      await client.sends(ack(3));
    },
  ),
  storeCase("says by number what it refuses, and serves on", {
    guards: [10],
    there: { "store/file": FILE, "store/sub/x": FILE, "secret": FILE },
  }, async ({ script, server }) => {
    const refused: [number, Packet | Uint8Array][] = [
      [1, request("read", "none")],
      [2, request("read", "../secret")],
      [2, request("read", `${path(script, "secret")}`)],
      [2, request("read", "sub/x")],
      [2, request("read", "sub")],
      ...(await isLinked(script, "store/link", "../secret")
        ? [[2, request("read", "link")]] satisfies [number, Packet][]
        : []),
      [2, request("write", "../secret")],
      [2, request("write", "sub/x")],
      [4, request("read", "file", {}, "netascii")],
      [4, request("write", "file", {}, "mail")],
      [4, data(1, 512)],
      [4, toBytes("hello")],
    ];
    for (const [code, asked] of refused) {
      const client = TftpPeer.client(script, server);
      await client.sends(asked);
      await client.getsErrorFromAnywhere(code);
    }
    const client = TftpPeer.client(script, server);
    await reads(client, "file", FILE);
    await holds(script, "store/sub", { x: FILE });
    await isWhole(script, "secret", FILE);
  }),
  storeCase("takes an error for the end, and never answers one", {
    guards: [11],
  }, async ({ script, server, client }) => {
    const [one] = blocksOf(FILE);
    if (!one) throw new Error("Cannot read: no block");
    await client.asks([request("read", "file")], one);
    await client.sends(error(0));
    const other = TftpPeer.client(script, server, "client two");
    await other.sends(error(3));
    const next = TftpPeer.client(script, server, "client three");
    await reads(next, "file", FILE);
    await rests(server);
    await client.hasGotNothingNew();
    await other.hasGotNothingNew();
  }),
  caseOf("server", "reports a port that is taken", {
    guards: [13],
  }, async (script) => {
    const other = await script.bindUdp();
    const { port } = other.address;
    const server = await script.launchServer(port);
    await server.gives(1, `127.0.0.1:${port}`);
  }),
  caseOf("server", "ends with exit code 0 on Ctrl-C", {
    guards: [13],
    only: WITH_SIGNALS,
  }, async (script) => {
    const server = await script.startServer();
    await server.getsCtrlC();
    await server.endsWell();
  }),
  storeCase("takes the options that it knows, and goes by them", {
    guards: [17],
    there: { "store/file": random(3000) },
  }, async ({ script, server, client }) => {
    const file = await Deno.readFile(path(script, "store/file"));
    await client.sends(
      request("read", "file", { tsize: 0, BLKSIZE: 1428, x: "y" }),
    );
    await client.getsOptions({ tsize: 3000, blksize: 1428 });
    for (const [i, block] of blocksOf(file, 1428).entries()) {
      await client.asks([ack(i)], block);
    }
    await client.sends(ack(3));
    const other = TftpPeer.client(script, server, "client two");
    await other.sends(request("write", "new", { blksize: 8, tsize: 10 }));
    await other.getsOptions({ blksize: 8, tsize: 10 });
    const [one, two] = blocksOf(file.subarray(0, 10), 8);
    if (!one || !two) throw new Error("Cannot write: no blocks");
    await other.asks([one], ack(1));
    await other.asks([two], ack(2));
    await holds(script, "store", { file, new: file.subarray(0, 10) });
  }),
  storeCase(
    "leaves out options that it does not know or that are out of range",
    {
      guards: [17],
    },
    async ({ script, server }) => {
      const [one] = blocksOf(FILE);
      if (!one) throw new Error("Cannot read: no block");
      const plain = [
        { x: "y" },
        { blksize: 7 },
        { blksize: 65465 },
        { blksize: "many", windowsize: 0 },
      ];
      for (const options of plain) {
        const client = TftpPeer.client(script, server);
        await client.asks([request("read", "file", options)], one);
        await client.sends(error(0));
      }
      const client = TftpPeer.client(script, server);
      await client.sends(
        request("read", "file", { windowsize: 65535, blksize: 0 }),
      );
      await client.getsOptions({ windowsize: 64 });
      await client.sends(error(0));
      const large = TftpPeer.client(script, server);
      await large.sends(
        request("read", "file", { windowsize: 1, blksize: 65464 }),
      );
      await large.getsOptions({ windowsize: 1, blksize: 65464 });
      await large.asks([ack(0)], data(1, FILE));
      await large.sends(ack(1));
    },
  ),
  storeCase("sends a window, and never more", {
    guards: [17, 19],
    there: { "store/file": random(100), "store/file2": FILE },
  }, async ({ script, server, client }) => {
    const all = blocksOf(await Deno.readFile(path(script, "store/file")), 8);
    await client.sends(request("read", "file", { blksize: 8, windowsize: 4 }));
    await client.getsOptions({ blksize: 8, windowsize: 4 });
    for (let i = 0; i < all.length; i += 4) {
      await client.sends(ack(i));
      const part = all.slice(i, i + 4);
      await client.getsAll(`data ${i + 1} to ${i + part.length}`, part);
      await rests(server);
      await client.hasGotNothingNew();
    }
    await client.sends(ack(all.length));
    await client.neededOnce(all);
    const most = blocksOf(FILE, 8).slice(0, 64);
    const large = TftpPeer.client(script, server, "client two");
    await large.sends(request("read", "file2", { blksize: 8, windowsize: 99 }));
    await large.getsOptions({ blksize: 8, windowsize: 64 });
    await large.sends(ack(0));
    await large.getsAll("data 1 to 64", most);
    await rests(server);
    await large.hasGotNothingNew();
    await large.sends(error(0));
  }),
  storeCase("goes on behind what is acknowledged inside a window", {
    guards: [3, 22],
    known: [apprentice],
    there: { "store/file": random(100) },
  }, async ({ script, server, client }) => {
    const all = blocksOf(await Deno.readFile(path(script, "store/file")), 8);
    await client.sends(request("read", "file", { blksize: 8, windowsize: 4 }));
    await client.getsOptions({ blksize: 8, windowsize: 4 });
    await client.sends(...Array.from({ length: 40 }, () => ack(0)));
    await client.getsAll("data 1 to 4", all.slice(0, 4));
    await rests(server);
    const [first] = all;
    if (first) await client.cameAtMost(first, 20);
    await client.sends(ack(2));
    await client.getsAll("data 3 to 6", all.slice(2, 6));
    await rests(server);
    await client.hasGotNothingNew();
    await client.sends(...Array.from({ length: 40 }, () => ack(3)));
    await client.getsAll("data 4 to 7", all.slice(3, 7));
    await rests(server);
    await client.hasGotNothingNew();
    const last = all[6];
    if (last) await client.cameAtMost(last, 20);
    await client.sends(ack(7));
    await client.getsAll("data 8 to 11", all.slice(7, 11));
    await client.sends(ack(11));
    await client.getsAll("data 12 and 13", all.slice(11));
    await client.sends(ack(13));
  }),
  storeCase("gives the whole file, whatever is lost once", {
    guards: [4, 19, 22],
    waits: true,
    server: { args: ["--timeout", "50", "--tries", "20"] },
    there: { "store/file": THIRTY },
  }, async ({ script, server }) => {
    await losesEach(script, (us) => TftpPeer.client(script, server, us));
  }),
  storeCase("acknowledges once a window, and a gap at once", {
    guards: [20, 21],
  }, async ({ script, server, client }) => {
    const file = random(75);
    const all = blocksOf(file, 8);
    const some = (...numbers: number[]) =>
      numbers.flatMap((number) => all[number - 1] ?? []);
    await client.sends(request("write", "new", { blksize: 8, windowsize: 4 }));
    await client.getsOptions({ blksize: 8, windowsize: 4 });
    await whileHeldUp(server, () => client.sends(...some(1, 2, 3, 4)));
    const stranger = client.stranger();
    await hasBefore(client, stranger, ack(4));
    await client.gets(ack(4));
    await client.sends(...some(5, 7));
    await hasBefore(client, client.stranger(), ack(5));
    await client.gets(ack(5));
    await client.sends(...some(8));
    await whileHeldUp(server, () => client.sends(...some(6, 7, 8, 9)));
    await client.gets(ack(9));
    await client.asks(some(10), ack(10));
    await holds(script, "store", { file: FILE, new: file });
  }),
  storeCase("counts on when the numbers begin again with 0", {
    guards: [23],
    waits: true,
    known: [losesCount],
    server: { args: ["--timeout", "50", "--tries", "20"] },
    there: { "store/file": WRAP },
  }, async ({ client }) => {
    await client.sends(request("read", "file", { blksize: 8, windowsize: 64 }));
    await client.getsOptions({ blksize: 8, windowsize: 64 });
    await readsPastTheWrap(client);
  }),
  storeCase("sends nothing twice when each answer takes its time", {
    guards: [24],
    waits: true,
    server: { args: ["--timeout", "50", "--tries", "20"] },
    there: { "store/file": random(512 * 9) },
  }, async ({ script, client }) => {
    const all = blocksOf(await Deno.readFile(path(script, "store/file")));
    await client.sends(request("read", "file"));
    await isSteady(script, client, all, 165, (i) => ack(i + 1));
  }),
  storeCase("learns from quick answers how soon to send again", {
    guards: [24],
    waits: true,
    server: { args: [...PATIENT, "--timeout", "5000"] },
    there: { "store/file": LONG },
  }, async ({ client }) => {
    await client.sends(request("read", "file"));
    await isSoonRepeated(client, blocksOf(LONG));
  }),
];
