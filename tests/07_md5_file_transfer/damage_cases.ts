/**
 * The cases of a server whose clients do not, or whose machine fails it.
 *
 * @module
 */
import { firstDifference, toBytes } from "../../kit/bytes.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { json } from "../../kit/expectations/json.ts";
import { Failure } from "../../kit/failure.ts";
import { hangUp } from "../../kit/faults/hang_up.ts";
import { reset } from "../../kit/faults/reset.ts";
import { frame } from "../../kit/frames.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { rests } from "../../kit/stays.ts";
import type { Script } from "../../kit/script.ts";
import { withFileLimit } from "./limits.ts";
import { oneByOne } from "../05_sticky_packets/misunderstandings.ts";
import { logsConnected } from "../../kit/log.ts";
import { files, holds, isMissing, isWhole, path, whereIs } from "./files.ts";
import {
  headFor,
  HELLO,
  LARGE,
  md5Of,
  message,
  MiB,
  putOf,
  random,
  receiptFor,
} from "./messages.ts";
import {
  allocatesSize,
  leavesHalf,
  makesName,
  overwrites,
  trustsName,
  WENT_TO,
} from "./misunderstandings.ts";
import { storeCase, storeOf } from "./peers.ts";

/** Names that are no names of files in one folder. `sub` is a folder in the store. */
const BAD_NAMES = [
  "sub/x",
  "sub/../x",
  "..\\x",
  "C:x",
  "../x",
  "/etc/x",
  "a/../../x",
  "",
  ".",
  "..",
  "sub",
  "a\0b",
  "x".repeat(256),
  "中".repeat(86), // 258 bytes
  7,
  null,
];

/** Tells of a file that should have been refused where it went. */
async function withPlace(
  script: Script,
  error: unknown,
  body: Uint8Array,
): Promise<unknown> {
  const place = await whereIs(script, body);
  if (!(error instanceof Failure) || place === undefined) return error;
  const found = `${WENT_TO}${place}`;
  return new Failure(`${error.message}; ${found}`, { ...error.seen, found });
}

/** Bodies that break off, headers that lie, names that lead elsewhere, a full disk, a crash. */
export const damageCases: Case[] = [
  storeCase("leaves nothing behind when a body is cut short", {
    guards: [14],
    known: [leavesHalf],
  }, async ({ script, isRefusedAtEnd }) => {
    const whole = putOf("hello.txt", HELLO);
    await isRefusedAtEnd(whole.subarray(0, -1));
    await isRefusedAtEnd(whole.subarray(0, -5));
    await isRefusedAtEnd(putOf("large", LARGE).subarray(0, 3 * MiB));
    await holds(script, "store", {});
  }),
  storeCase("keeps an existing file until the new one is whole", {
    guards: [13, 14],
    known: [overwrites, leavesHalf],
    there: { "store/a.txt": toBytes("the old content") },
  }, async ({ script, asks, isRefused, isRefusedAtEnd }) => {
    const old = { "a.txt": toBytes("the old content") };
    await isRefusedAtEnd(putOf("a.txt", HELLO).subarray(0, -1));
    await holds(script, "store", old);
    await isRefused(putOf("a.txt", HELLO, { md5: "0".repeat(32) }));
    await holds(script, "store", old);
    await asks(putOf("a.txt", HELLO), receiptFor("a.txt", HELLO));
    await holds(script, "store", { "a.txt": HELLO });
  }),
  storeCase("shows nothing of files that are still coming", {
    guards: [7, 13],
    known: [oneByOne],
    there: { "store/old": HELLO },
  }, async ({ script, server, asks, isRefused }) => {
    const coming = [];
    for (const name of ["new", "old"]) {
      const client = await script.connect(server);
      await client.sends(putOf(name, LARGE).subarray(0, -1)); // more than the systems hold: a part has been read
      coming.push({ name, client });
      await asks(
        message({ op: "list" }),
        json({ ok: true, files: [{ name: "old", size: 5 }] }),
      );
    }
    await isRefused(message({ op: "get", name: "new" }));
    const getting = await script.connect(server);
    await getting.asks(
      message({ op: "get", name: "old" }),
      frames(headFor("old", HELLO)),
    );
    await getting.gets(HELLO);
    await isMissing(script, "store/new");
    for (const { name, client } of coming) {
      await client.asks(LARGE.subarray(-1), frames(receiptFor(name, LARGE)));
    }
    await holds(script, "store", { new: LARGE, old: LARGE });
  }),
  storeCase("refuses a file whose MD5 or size is wrong", {
    guards: [14, 23],
  }, async ({ script, isRefused, isRefusedAtEnd }) => {
    const empty = md5Of(new Uint8Array()); // of what a server reads that takes such a size for none
    for (
      const wrong of [
        { md5: "0".repeat(32) },
        { md5: "hello" },
        { md5: 5 },
        { size: 4 }, // less than comes
        { size: -5 },
        { size: -5, md5: empty },
        { size: 4.5 },
        { size: 4.5, md5: md5Of(HELLO.subarray(0, 4)) },
        { size: "5" },
        { size: [5] },
        { size: true, md5: md5Of(HELLO.subarray(0, 1)) },
        { size: null, md5: empty },
        { size: "", md5: empty },
        { size: 2 ** 53 },
        { size: 1e300 },
      ]
    ) await isRefused(putOf("hello.txt", HELLO, wrong));
    await isRefusedAtEnd(putOf("hello.txt", HELLO, { size: 6 }));
    await holds(script, "store", {});
  }),
  storeCase("refuses a size of 1e15 and lives", {
    guards: [6, 26],
    known: [allocatesSize],
  }, async ({ script, asks, isRefusedAtEnd }) => {
    for (const size of [1e15, Number.MAX_SAFE_INTEGER]) {
      await isRefusedAtEnd(putOf("huge", HELLO, { size }));
    }
    await asks(putOf("a", HELLO), receiptFor("a", HELLO));
    await holds(script, "store", { a: HELLO });
  }),
  storeCase(
    "refuses what is no request, and outlives headers that break off after each of their bytes",
    { guards: [6, 24, 25, 26] },
    async ({ script, server, asks, isRefused }) => {
      for (
        const header of [
          frame("{"),
          frame(""),
          frame(new Uint8Array([0x22, 0xff, 0x22])),
          message([]),
          message(null),
          message("put"),
          message({}),
          message({ op: "remove", name: "a" }),
          frame("", MiB + 1),
          frame("", 2 ** 31 - 1), // of 2 GiB
          frame("", -1),
        ]
      ) await isRefused(header);
      const header = putOf("a.txt", HELLO).subarray(0, -5);
      for (let count = 0; count < header.length; count++) {
        const client = await script.connect(server);
        await client.offers(header.subarray(0, count), hangUp());
      }
      await asks(putOf("a", HELLO), receiptFor("a", HELLO));
      await holds(script, "store", { a: HELLO }, true);
    },
  ),
  {
    name: "server refuses names that are not those of files in its folder",
    role: "server",
    guards: [20, 21],
    known: [trustsName, makesName],
    async script(script) {
      const there = { x: HELLO, "store/sub/x": HELLO, "store/x": HELLO };
      await files(script, there);
      const server = await script.startServer();
      const { isRefused } = storeOf(script, server);
      for (const name of BAD_NAMES) {
        try {
          await isRefused(putOf(name, toBytes("bad")));
        } catch (error) {
          throw await withPlace(script, error, toBytes("bad"));
        }
        await isRefused(message({ op: "get", name }));
      }
      await holds(script, "store/sub", { x: HELLO });
      await script.step("nothing else has changed", async () => {
        for (const name of ["x", "store/x"]) {
          await isWhole(script, name, HELLO);
        }
      });
    },
  },
  {
    name: "server follows no link",
    role: "server",
    guards: [5, 21],
    only: WITH_SIGNALS, // elsewhere it takes a right of its own to make one
    async script(script) {
      await files(script, { secret: HELLO, "store/a": HELLO });
      await script.step(
        "store/link leads to secret, store/inside to store/a",
        async () => {
          await Deno.symlink("../secret", path(script, "store/link"));
          await Deno.symlink("a", path(script, "store/inside"));
        },
      );
      const server = await script.startServer();
      const { asks, isRefused } = storeOf(script, server);
      for (const name of ["link", "inside"]) {
        await isRefused(putOf(name, toBytes("bad")));
        await isRefused(message({ op: "get", name }));
      }
      await asks(
        message({ op: "list" }),
        json({ ok: true, files: [{ name: "a", size: 5 }] }),
      );
      await script.step("secret and store/a have not changed", async () => {
        for (const name of ["secret", "store/a"]) {
          await isWhole(script, name, HELLO);
        }
      });
    },
  },
  storeCase("tidies up after clients that are gone in mid-file", {
    guards: [6, 14],
    known: [leavesHalf],
    there: { "store/there": LARGE },
  }, async ({ script, server, asks }) => {
    const half = putOf("large", LARGE).subarray(0, 2 * MiB);
    const leaving = await script.connect(server);
    await leaving.sends(half, hangUp());
    const crashing = await script.connect(server, { canReset: true });
    await logsConnected(server, crashing);
    await crashing.sends(half);
    await crashing.does(reset());
    await asks(putOf("a", HELLO), receiptFor("a", HELLO));
    await whileHeldUp(server, async () => {
      const queued = await script.connect(server, { canReset: true });
      await queued.sends(half.subarray(0, 99));
      await queued.does(reset());
    });
    await asks(putOf("a", HELLO), receiptFor("a", HELLO));
    for (const ending of [hangUp(), reset()]) {
      const getting = await script.connect(server, { canReset: true });
      await getting.asks(
        message({ op: "get", name: "there" }),
        frames(headFor("there", LARGE)),
      );
      await getting.does(ending);
      await asks(putOf("a", HELLO), receiptFor("a", HELLO));
    }
    await holds(script, "store", { a: HELLO, there: LARGE }, true);
  }),
  storeCase(
    "lets one of two win that put the same name at once",
    { guards: [7, 16], known: [leavesHalf] },
    async ({ script, server }) => {
      const bodies = [random(MiB), LARGE.subarray(0, MiB)] as const;
      const [one, two] = [
        await script.connect(server),
        await script.connect(server),
      ];
      const [first, second] = bodies.map((body) => putOf("same", body));
      if (!first || !second) throw new Error("Cannot put: no bodies");
      await one.sends(first.subarray(0, MiB / 2));
      await two.sends(second.subarray(0, MiB / 2));
      await one.sends(first.subarray(MiB / 2));
      await two.sends(second.subarray(MiB / 2));
      await one.gets(frames(receiptFor("same", bodies[0])));
      await two.gets(frames(receiptFor("same", bodies[1])));
      await script.step("one of them is there, and whole", async () => {
        const found = await Deno.readFile(path(script, "store/same"));
        const isOne = bodies.some((body) =>
          firstDifference(found, body) === -1
        );
        if (!isOne) throw new Failure("your server mixed two files in one");
      });
      await holds(script, "store", {
        same: await Deno.readFile(path(script, "store/same")),
      });
    },
  ),
  storeCase("refuses a file when the disk is full, and serves on", {
    guards: [6, 14],
    known: [leavesHalf],
    only: WITH_SIGNALS,
    server: { through: withFileLimit(2048) },
  }, async ({ script, asks, isRefused }) => {
    await isRefused(putOf("large", LARGE));
    await holds(script, "store", {});
    await asks(putOf("a", HELLO), receiptFor("a", HELLO));
    await holds(script, "store", { a: HELLO });
  }),
  {
    name:
      "server leaves nothing half after SIGKILL and a restart, nor on Ctrl-C",
    role: "server",
    guards: [13, 14, 15],
    known: [leavesHalf],
    only: WITH_SIGNALS,
    async script(script) {
      const kept = {
        "large": toBytes("the old content"),
        "mine.part": HELLO,
        ".mine.tmp": HELLO,
      };
      await files(
        script,
        Object.fromEntries(
          Object.entries(kept).map(([name, body]) => [`store/${name}`, body]),
        ),
      );
      const server = await script.startServer();
      const client = await script.connect(server);
      await client.sends(putOf("large", LARGE).subarray(0, 4 * MiB));
      const other = await script.connect(server);
      await other.sends(putOf("new", LARGE).subarray(0, 4 * MiB));
      await rests(server); // in the middle of both files, not before them
      await script.step("your server is killed (SIGKILL)", async () => {
        server.program.kill();
        await server.program.exited;
        await isWhole(script, "store/large", kept.large);
      });
      const again = await script.startServer();
      await holds(script, "store", kept);
      const next = await script.connect(again);
      await next.sends(putOf("large", LARGE).subarray(0, 4 * MiB));
      await rests(again);
      await again.getsCtrlC();
      await again.endsWell();
      await holds(script, "store", kept);
    },
  },
  {
    name: "server reports a --dir that is a file",
    role: "server",
    guards: [2],
    async script(script) {
      await files(script, { store: HELLO });
      const server = await script.launchServer(0, { args: ["--dir", "store"] });
      await server.gives(1, "store");
    },
  },
];
