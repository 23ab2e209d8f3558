/**
 * The check of lesson 07, "store".
 *
 * Each case has a folder of its own, in which the programs run. The server's
 * files stand in `store/` there, a client's in the folder itself.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { ClientActor, ServerActor } from "../kit/actors.ts";
import { firstDifference, quote, quoteLine, toBytes } from "../kit/bytes.ts";
import {
  type Case,
  type Check,
  type Misunderstanding,
  WITH_SIGNALS,
} from "../kit/case.ts";
import { frames } from "../kit/expectations/frames.ts";
import { json, jsonWhere, type WantedJson } from "../kit/expectations/json.ts";
import { words } from "../kit/expectations/line.ts";
import { more } from "../kit/expectations/more.ts";
import { Failure } from "../kit/failure.ts";
import { cut } from "../kit/faults/cut.ts";
import { halfClose } from "../kit/faults/half_close.ts";
import { hangUp } from "../kit/faults/hang_up.ts";
import { reset } from "../kit/faults/reset.ts";
import { frame } from "../kit/frames.ts";
import { guard } from "../kit/guard.ts";
import { pairMatrix } from "../kit/pairs.ts";
import { Random } from "../kit/random.ts";
import { register } from "../kit/register.ts";
import type { Command, Script } from "../kit/script.ts";
import type { TcpPeer } from "../kit/tcp_peer.ts";
import { refusesWords } from "../kit/wrong_call.ts";

const trustsName: Misunderstanding = {
  says: "this is what a program does that trusts the name that a client sends",
  read: "Read the code",
  shows: ({ received }) => received.includes('"ok":true'),
};

const allocatesSize: Misunderstanding = {
  says:
    "this is what a program does that makes room for as many bytes as the other side announces",
  read: "Read the code",
  shows: ({ stderr }) => /allocation|array length/i.test(stderr),
};

const leavesHalf: Misunderstanding = {
  says: "this is what a program does that leaves half a file behind",
  read: "Read the code",
  shows: ({ found }) => found.startsWith("in the folder: "),
};

const comparesNothing: Misunderstanding = {
  says:
    "this is what a program does that does not compare what came with its MD5",
  read: "The idea",
  shows: ({ code, step }) =>
    code === 0 && step.includes(" ends with exit code 1"),
};

const readsToEnd: Misunderstanding = {
  says:
    "this is what a program does that reads to the end of the stream instead of as many bytes as were announced",
  read: "Read the code",
  shows: ({ silent, received }) => silent && received === "",
  // It answers when the stream ends.
  async proof({ peer }) {
    await peer.does(halfClose());
    await peer.gets(more());
  },
};

const overwrites: Misunderstanding = {
  says: "this is what a program does that overwrites a file in place",
  read: "Read the code",
  shows: ({ found }) =>
    found === "no file" || found.startsWith("another content: "),
};

const sendsOn: Misunderstanding = {
  says:
    "this is what a program does that goes on sending when its put has been refused",
  read: "Read the code",
  shows: ({ silent, step }) =>
    silent && step.includes(" ends with exit code 1"),
  // More comes than the systems hold, though the refusal was there before it.
  async proof(script) {
    await script.step(
      `the server takes ${MORE} bytes more`,
      () => takesAll(script.peer, MORE),
    );
  },
};

const MiB = 1024 * 1024;

const HELLO = toBytes("hello");

/** Random bytes, the same in each run. */
const random = (count: number) => {
  const source = new Random(count + 7);
  const words = new Uint32Array(Math.ceil(count / 4));
  for (let i = 0; i < words.length; i++) {
    words[i] = source.uint32();
  }
  return new Uint8Array(words.buffer, 0, count);
};

/** More than any buffer on the way holds. */
const LARGE = random(5 * MiB);

const MEDIUM = LARGE.subarray(0, MiB);

const md5Of = (bytes: Uint8Array) =>
  createHash("md5").update(bytes).digest("hex");

/** A message in a frame. */
const message = (value: unknown) => frame(JSON.stringify(value));

/** A put, header and body. @param more What the header says otherwise. */
function putOf(
  name: unknown,
  body: Uint8Array,
  more: Record<string, unknown> = {},
): Uint8Array {
  const header = { op: "put", name, size: body.length, md5: md5Of(body) };
  return joined(message({ ...header, ...more }), body);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

const receiptFor = (name: string, body: Uint8Array) =>
  json({ ok: true, name, md5: md5Of(body), bytes: body.length });

const headFor = (name: string, body: Uint8Array) =>
  json({ ok: true, name, size: body.length, md5: md5Of(body) });

/** A refusal in the program's own words. */
const anyRefusal = jsonWhere(
  '{"ok":false,"error":"…"}',
  (value) =>
    typeof value === "object" && value !== null && "ok" in value &&
    value.ok === false && "error" in value && typeof value.error === "string",
);

/** The line that a client prints for a file that went or came. */
const lineFor = (name: string, body: Uint8Array) =>
  `${body.length} ${md5Of(body)} ${name}`;

/** A path in the folder of the case. */
function path(script: Script, name: string): string {
  return `${script.stage.folder}/${name}`;
}

/** Puts files into the folder of the case. */
async function files(
  script: Script,
  contents: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  await script.step(
    `these files are there: ${Object.keys(contents).join(", ")}`,
    () => {
      for (const [name, bytes] of Object.entries(contents)) {
        const file = path(script, name);
        Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), {
          recursive: true,
        });
        Deno.writeFileSync(file, bytes);
      }
    },
  );
}

/** How long what is to be tidied up may take, in milliseconds. */
const TIDY_MS = 1_000;

/**
 * A folder holds exactly these files: no part of one, nothing temporary.
 *
 * @param isSoon Whether it may take a moment: where nothing tells when the program has done.
 */
async function holds(
  script: Script,
  folder: string,
  contents: Readonly<Record<string, Uint8Array>>,
  isSoon = false,
): Promise<void> {
  const names = Object.keys(contents).sort();
  await script.step(
    `${folder} holds ${names.length === 0 ? "nothing" : names.join(", ")}${
      isSoon ? ", soon" : ""
    }`,
    async () => {
      const end = performance.now() + TIDY_MS;
      let strange: string[];
      do {
        strange = await strangers(path(script, folder), names);
        if (strange.length === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      } while (performance.now() < end);
      if (strange.length > 0) {
        throw new Failure(
          `there is something else in ${folder}: ${
            strange.map(quoteLine).join(", ")
          }; ${program(script)} was expected to leave ${
            names.length === 0 ? "nothing" : names.join(", ")
          }`,
          { found: `in the folder: ${strange.join(", ")}` },
        );
      }
      for (const [name, bytes] of Object.entries(contents)) {
        await isWhole(script, `${folder}/${name}`, bytes);
      }
    },
  );
}

/** What is in a folder and should not be. */
async function strangers(
  folder: string,
  names: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!names.includes(name)) found.push(name);
  }
  return found;
}

async function isWhole(
  script: Script,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const found = await Deno.readFile(path(script, name)).catch(() => undefined);
  if (found === undefined) {
    throw new Failure(
      `there is no file ${name}; ${program(script)} was expected to leave ${
        quote(bytes)
      } in it`,
      { found: "no file" },
    );
  }
  if (firstDifference(found, bytes) === -1) return;
  throw new Failure(
    `${name} holds ${quote(found)}; ${program(script)} was expected to leave ${
      quote(bytes)
    } in it`,
    { found: `another content: ${quote(found)}` },
  );
}

/** The program under test, for a verdict about files. */
function program(script: Script): string {
  const mine = script.programs.find(({ label }) => label.startsWith("your"));
  return mine?.label ?? "the program";
}

/** One connection: it sends, gets these frames, and leaves. */
async function asks(
  script: Script,
  server: ServerActor,
  data: Uint8Array,
  ...wanted: WantedJson[]
): Promise<void> {
  const client = await script.connect(server);
  await client.offers(data);
  await client.gets(frames(...wanted));
  await client.does(hangUp());
}

/** One connection whose request is refused: it half-closes, because a server may wait for what was announced. */
async function isRefused(
  script: Script,
  server: ServerActor,
  data: Uint8Array,
): Promise<void> {
  const client = await script.connect(server);
  await client.offers(data, halfClose());
  await client.gets(frames(anyRefusal));
  await client.does(hangUp());
}

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
  "x".repeat(300),
  7,
  null,
];

/** A file that may have such a name on some systems only, and that no client can ask for. */
const NO_NAME_TO_GET: Readonly<Record<string, Uint8Array>> =
  Deno.build.os === "windows" ? {} : { "store/C:x": HELLO };

/**
 * A command whose writes fail with "File too large" past a limit, as on a full
 * disk. Without the trap the system would end it.
 */
function withFileLimit(mostKiB: number): (command: Command) => Command {
  const blocks = mostKiB * 2; // of 512 bytes, by POSIX
  const limit = `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`;
  return (command) => ["sh", "-c", limit, "sh", ...command];
}

const serverCases: Case[] = [
  {
    name: "server stores a file and gives a receipt for it",
    role: "server",
    known: [readsToEnd],
    async script(script) {
      const server = await script.startServer();
      const client = await script.connect(server);
      await server.connected(client);
      await client.sends(putOf("hello.txt", HELLO));
      await client.gets(frames(receiptFor("hello.txt", HELLO)));
      await holds(script, "store", { "hello.txt": HELLO });
    },
  },
  {
    name:
      "server stores files of 0 bytes to 5 MiB, with names of all kinds, one a byte at a time",
    role: "server",
    async script(script) {
      const server = await script.startServer();
      const stored: Record<string, Uint8Array> = {};
      for (const size of [0, 1, 1023, 1024, 1025]) {
        stored[`${size}.bin`] = random(size);
      }
      stored["two words.txt"] = HELLO;
      stored["中文 😀.txt"] = HELLO;
      stored[".hidden"] = HELLO;
      stored["large"] = LARGE;
      for (const [name, body] of Object.entries(stored)) {
        await asks(script, server, putOf(name, body), receiptFor(name, body));
      }
      const slow = await script.connect(server);
      await slow.sends(putOf("slow", HELLO), cut(1));
      await slow.gets(frames(receiptFor("slow", HELLO)));
      await holds(script, "store", { ...stored, slow: HELLO });
    },
  },
  {
    name: "server gives a file, and refuses one that it does not have",
    role: "server",
    async script(script) {
      await files(script, {
        "store/empty": new Uint8Array(),
        "store/中文 a.txt": HELLO,
        "store/large": LARGE,
      });
      const server = await script.startServer();
      for (
        const [name, body] of Object.entries({
          "empty": new Uint8Array(),
          "中文 a.txt": HELLO,
          "large": LARGE,
        })
      ) {
        const client = await script.connect(server);
        await client.sends(message({ op: "get", name }));
        await client.gets(frames(headFor(name, body)));
        await client.gets(body);
        await client.does(hangUp());
      }
      await asks(
        script,
        server,
        message({ op: "get", name: "none" }),
        anyRefusal,
      );
    },
  },
  {
    name: "server lists 1000 files by name, and nothing else",
    role: "server",
    async script(script) {
      await files(script, {
        "store/folder/inside": HELLO,
        ...NO_NAME_TO_GET,
      });
      const server = await script.startServer();
      await asks(
        script,
        server,
        message({ op: "list" }),
        json({ ok: true, files: [] }),
      );
      const listed = await script.step("1000 files are put there", () => {
        const names = Array.from({ length: 998 }, (_, i) => `file ${i}`);
        names.push("a", "B"); // by `<` a capital comes first, in a dictionary the a
        // Two files under 500 names each: to make a thousand takes a second on some disks.
        const [empty, hello] = [path(script, "empty"), path(script, "hello")];
        Deno.writeFileSync(empty, new Uint8Array());
        Deno.writeFileSync(hello, HELLO);
        for (const [i, name] of names.entries()) {
          Deno.linkSync(i % 2 ? hello : empty, path(script, `store/${name}`));
        }
        const sizes = names.map((name, i) => ({ name, size: i % 2 * 5 }));
        return sizes.sort((a, b) => a.name < b.name ? -1 : 1);
      });
      await asks(
        script,
        server,
        message({ op: "list" }),
        json({ ok: true, files: listed }),
      );
    },
  },
  {
    name: "server leaves nothing behind when a body is cut short",
    role: "server",
    known: [leavesHalf],
    async script(script) {
      const server = await script.startServer();
      const whole = putOf("hello.txt", HELLO);
      await isRefused(script, server, whole.subarray(0, -1));
      await isRefused(script, server, whole.subarray(0, -5));
      await isRefused(
        script,
        server,
        putOf("large", LARGE).subarray(0, 3 * MiB),
      );
      await holds(script, "store", {});
    },
  },
  {
    name: "server keeps an existing file until the new one is whole",
    role: "server",
    known: [overwrites],
    async script(script) {
      await files(script, { "store/a.txt": toBytes("the old content") });
      const old = { "a.txt": toBytes("the old content") };
      const server = await script.startServer();
      await isRefused(script, server, putOf("a.txt", HELLO).subarray(0, -1));
      await holds(script, "store", old);
      await isRefused(
        script,
        server,
        putOf("a.txt", HELLO, { md5: "0".repeat(32) }),
      );
      await holds(script, "store", old);
      await asks(
        script,
        server,
        putOf("a.txt", HELLO),
        receiptFor("a.txt", HELLO),
      );
      await holds(script, "store", { "a.txt": HELLO });
    },
  },
  {
    name: "server refuses a file whose MD5 or size is wrong",
    role: "server",
    async script(script) {
      const server = await script.startServer();
      for (
        const wrong of [
          { md5: "0".repeat(32) },
          { md5: "hello" },
          { md5: 5 },
          { size: 4 }, // less than comes
          { size: 6 }, // more
          { size: -5 },
          { size: 4.5 },
          { size: "5" },
          { size: null },
        ]
      ) await isRefused(script, server, putOf("hello.txt", HELLO, wrong));
      await holds(script, "store", {});
    },
  },
  {
    name: "server refuses a size of 1e15 and lives",
    role: "server",
    known: [allocatesSize],
    async script(script) {
      const server = await script.startServer();
      for (const size of [1e15, 2 ** 53, 1e300]) {
        await isRefused(script, server, putOf("huge", HELLO, { size }));
      }
      await asks(script, server, putOf("a", HELLO), receiptFor("a", HELLO));
      await holds(script, "store", { a: HELLO });
    },
  },
  {
    name:
      "server refuses what is no request, and outlives headers that break off after each of their bytes",
    role: "server",
    async script(script) {
      const server = await script.startServer();
      for (
        const header of [
          frame("{"),
          frame(""),
          frame(new Uint8Array([0x22, 0xff, 0x22])),
          message([]),
          message(null),
          message("put"),
          message({ op: "remove", name: "a" }),
          frame("", 2 ** 31 - 1), // of 2 GiB
          frame("", -1),
        ]
      ) await isRefused(script, server, header);
      const header = putOf("a.txt", HELLO).subarray(0, -5);
      for (let count = 0; count < header.length; count++) {
        const client = await script.connect(server);
        await client.offers(header.subarray(0, count), hangUp());
      }
      await asks(script, server, putOf("a", HELLO), receiptFor("a", HELLO));
      await holds(script, "store", { a: HELLO }, true);
    },
  },
  {
    name: "server refuses names that are not those of files in its folder",
    role: "server",
    known: [trustsName],
    async script(script) {
      const there = { x: HELLO, "store/sub/x": HELLO, "store/x": HELLO };
      await files(script, there);
      const server = await script.startServer();
      for (const name of BAD_NAMES) {
        await isRefused(script, server, putOf(name, toBytes("bad")));
        await isRefused(script, server, message({ op: "get", name }));
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
      for (const name of ["link", "inside"]) {
        await isRefused(script, server, putOf(name, toBytes("bad")));
        await isRefused(script, server, message({ op: "get", name }));
      }
      await asks(
        script,
        server,
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
  {
    name: "server tidies up after clients that are gone in mid-file",
    role: "server",
    known: [leavesHalf],
    async script(script) {
      const server = await script.startServer();
      const half = putOf("large", LARGE).subarray(0, 2 * MiB);
      const leaving = await script.connect(server);
      await leaving.sends(half, hangUp());
      const crashing = await script.connect(server, { canReset: true });
      await crashing.sends(half);
      await crashing.does(reset());
      await asks(script, server, putOf("a", HELLO), receiptFor("a", HELLO));
      await holds(script, "store", { a: HELLO }, true);
    },
  },
  {
    name: "server lets one of two win that put the same name at once",
    role: "server",
    async script(script) {
      const server = await script.startServer();
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
  },
  {
    name: "server refuses a file when the disk is full, and serves on",
    role: "server",
    only: WITH_SIGNALS,
    async script(script) {
      const server = await script.startServer({ through: withFileLimit(2048) });
      await isRefused(script, server, putOf("large", LARGE));
      await holds(script, "store", {});
      await asks(script, server, putOf("a", HELLO), receiptFor("a", HELLO));
      await holds(script, "store", { a: HELLO });
    },
  },
  {
    name:
      "server leaves nothing half after SIGKILL and a restart, nor on Ctrl-C",
    role: "server",
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
      await script.step("your server is killed (SIGKILL)", async () => {
        server.program.kill();
        await server.program.exited;
        await isWhole(script, "store/large", kept.large);
      });
      const again = await script.startServer();
      await holds(script, "store", kept);
      const next = await script.connect(again);
      await next.sends(putOf("large", LARGE).subarray(0, 4 * MiB));
      await again.getsCtrlC();
      await again.endsWell();
      await holds(script, "store", kept);
    },
  },
  {
    name: "server reports a --dir that is a file",
    role: "server",
    async script(script) {
      await files(script, { store: HELLO });
      const server = await script.launchServer(0, { args: ["--dir", "store"] });
      await server.gives(1, "store");
    },
  },
];

/** A client starts and connects to a scripted server. */
async function startClient(
  script: Script,
  args: readonly string[],
): Promise<{ client: ClientActor; conn: TcpPeer }> {
  const server = await script.listen();
  const client = await script.startClient(server, args);
  return { client, conn: await client.connects(server) };
}

/** More than the systems of both sides hold for somebody who does not read, and what is read before. */
const HUGE = 24 * MiB;

/** More than the systems of both sides hold. */
const MORE = 16 * MiB;

/** A scripted server reads so many bytes, or fewer where the client sends no more. @returns How many are missing. */
async function takes(peer: TcpPeer, count: number): Promise<number> {
  let left = count;
  try {
    while (left > 0) {
      const chunk = await guard(peer.scene.patience, peer.wire.read());
      if (chunk === null) break;
      left -= chunk.length;
    }
  } catch {
    // The client has left, or waits: what it says comes next.
  }
  return left;
}

/** A scripted server reads so many bytes. @throws {Failure} Where the client sends fewer. */
async function takesAll(peer: TcpPeer, count: number): Promise<void> {
  const left = await takes(peer, count);
  if (left <= 0) return;
  throw new Failure(`${peer.label} sent ${left} bytes less`);
}

/** A client that gets a file which cannot be right keeps what it had. */
function keepsNothing(
  what: string,
  send: (conn: TcpPeer) => Promise<void>,
  ...known: Misunderstanding[]
): Case {
  return {
    name: `client keeps nothing of a file ${what}`,
    role: "client",
    known,
    async script(script) {
      await files(script, { "here/a.txt": toBytes("the old content") });
      const { client, conn } = await startClient(script, [
        "get",
        "a.txt",
        "here/a.txt",
      ]);
      await conn.gets(frames(json({ op: "get", name: "a.txt" })));
      await send(conn);
      await client.gives(1);
      await holds(script, "here", { "a.txt": toBytes("the old content") });
    },
  };
}

const clientCases: Case[] = [
  {
    name: "client prints a list",
    role: "client",
    async script(script) {
      const { client, conn } = await startClient(script, ["list"]);
      await conn.gets(frames(json({ op: "list" })));
      await conn.sends(
        message({
          ok: true,
          files: [{ name: "a b", size: 0 }, { name: "中文", size: 1e12 }],
        }),
        cut(3, 7),
      );
      await client.printsAll("0 a b\n1000000000000 中文\n");
    },
  },
  {
    name: "client puts a file and prints the receipt's facts",
    role: "client",
    async script(script) {
      await files(script, { "here/two words.txt": HELLO });
      const { client, conn } = await startClient(script, [
        "put",
        "here/two words.txt",
      ]);
      const name = "two words.txt";
      await conn.gets(frames(
        json({ op: "put", name, size: 5, md5: md5Of(HELLO) }),
      ));
      await conn.gets(HELLO);
      await conn.sends(
        message({ ok: true, name, md5: md5Of(HELLO), bytes: 5 }),
      );
      await client.printsAll(lineFor(name, HELLO));
    },
  },
  {
    name: "client puts 5 MiB under another name",
    role: "client",
    async script(script) {
      await files(script, { large: LARGE });
      const { client, conn } = await startClient(script, [
        "put",
        "large",
        "中文",
      ]);
      const [name, size, md5] = ["中文", LARGE.length, md5Of(LARGE)];
      await conn.gets(frames(json({ op: "put", name, size, md5 })));
      await conn.gets(LARGE);
      await conn.sends(message({ ok: true, name, md5, bytes: size }));
      await client.printsAll(lineFor(name, LARGE));
    },
  },
  {
    name:
      "client reports a put that is refused when the server stays and takes no more",
    role: "client",
    known: [sendsOn],
    async script(script) {
      await script.step(`large has ${HUGE} bytes`, async () => {
        await Deno.writeFile(path(script, "large"), new Uint8Array());
        await Deno.truncate(path(script, "large"), HUGE);
      });
      const { client, conn } = await startClient(script, ["put", "large"]);
      await conn.sends(message({ ok: false, error: "no room" }));
      await script.step(
        `the server takes ${4 * MiB} bytes at most, and then no more`,
        () => takes(conn, 4 * MiB),
      );
      await client.gives(1, "no room");
    },
  },
  {
    name: "client reports a put that is refused, also in mid-file",
    role: "client",
    async script(script) {
      await files(script, { large: LARGE });
      const { client, conn } = await startClient(script, ["put", "large"]);
      await conn.sends(message({ ok: false, error: "no room" }), hangUp());
      await client.gives(1, "no room");
    },
  },
  {
    name: "client reports a receipt that is missing, or for something else",
    role: "client",
    async script(script) {
      await files(script, { a: HELLO });
      const header = json({ op: "put", name: "a", size: 5, md5: md5Of(HELLO) });
      for (
        const answer of [
          new Uint8Array(),
          message({ ok: true, name: "a", md5: "0".repeat(32), bytes: 5 }),
        ]
      ) {
        const { client, conn } = await startClient(script, ["put", "a"]);
        await conn.gets(frames(header));
        await conn.gets(HELLO);
        await conn.sends(answer, hangUp());
        await client.gives(1);
      }
    },
  },
  {
    name: "client reports a file that is missing",
    role: "client",
    async script(script) {
      const server = await script.listen();
      const client = await script.startClient(server, ["put", "none.txt"]);
      await client.gives(1, "none.txt");
    },
  },
  {
    name: "client gets a file that comes in parts",
    role: "client",
    async script(script) {
      const { client, conn } = await startClient(script, ["get", "中文"]);
      await conn.gets(frames(json({ op: "get", name: "中文" })));
      await conn.sends(
        joined(
          message({ ok: true, name: "中文", size: 5, md5: md5Of(HELLO) }),
          HELLO,
        ),
        cut(1),
      );
      await client.printsAll(lineFor("中文", HELLO)); // the connection is still open
      await script.step(
        "the file is whole",
        () => isWhole(script, "中文", HELLO),
      );
    },
  },
  {
    name: "client gets 5 MiB into a folder",
    role: "client",
    async script(script) {
      await files(script, { "here/large": HELLO });
      const { client, conn } = await startClient(script, [
        "get",
        "a",
        "here/large",
      ]);
      await conn.gets(frames(json({ op: "get", name: "a" })));
      const md5 = md5Of(LARGE);
      await conn.sends(
        joined(
          message({ ok: true, name: "a", size: LARGE.length, md5 }),
          LARGE,
        ),
      );
      await client.printsAll(lineFor("large", LARGE));
      await holds(script, "here", { large: LARGE });
    },
  },
  keepsNothing("that is cut short", async (conn) => {
    const head = { ok: true, name: "a.txt", size: 5, md5: md5Of(HELLO) };
    await conn.sends(
      joined(message(head), HELLO.subarray(0, 4)),
      hangUp(),
    );
  }),
  keepsNothing("whose MD5 is wrong", async (conn) => {
    const head = { ok: true, name: "a.txt", size: 5, md5: "0".repeat(32) };
    await conn.sends(joined(message(head), HELLO), hangUp());
  }, comparesNothing),
  keepsNothing("that is refused", async (conn) => {
    await conn.sends(message({ ok: false, error: "no such file" }), hangUp());
  }),
  keepsNothing("whose size is impossible", async (conn) => {
    const head = { ok: true, name: "a.txt", size: -5, md5: md5Of(HELLO) };
    await conn.offers(joined(message(head), HELLO), hangUp());
  }),
  refusesWords("list", "extra"),
  refusesWords("get", "a", "b", "c"),
  refusesWords("put"),
];

const poem = "lessons/07_md5_file_transfer/poem.txt";
const lessonFile = (name: string) =>
  new URL(`../lessons/07_md5_file_transfer/${name}`, import.meta.url);

/** The poem stands in a folder of the case under this name. */
async function hasPoem(script: Script, name: string): Promise<void> {
  await script.step(`${name} is the poem`, async () => {
    const bytes = await Deno.readFile(path(script, poem));
    await isWhole(script, name, bytes);
  });
}

/** The check of lesson 07. */
export const check: Check = {
  lesson: "07_md5_file_transfer",
  cases: [
    ...serverCases,
    ...clientCases,
    ...pairMatrix("put, list and get files", async (script, whose) => {
      await files(script, { "here/a": HELLO, "here/large": MEDIUM });
      const server = await script.startServer({ whose: whose.server });
      const run = async (...args: string[]) =>
        await script.startClient(server, args, whose.client);
      await (await run("put", "here/large", "中文 1")).printsAll(
        lineFor("中文 1", MEDIUM),
      );
      await (await run("list")).printsAll(`${MEDIUM.length} 中文 1`);
      await (await run("get", "中文 1", "here/a")).printsAll(
        lineFor("a", MEDIUM),
      );
      await holds(script, "here", { a: MEDIUM, large: MEDIUM });
      await holds(script, "store", { "中文 1": MEDIUM });
    }),
  ],
  interop: [
    {
      name: "lesson's pair uploads a file, and refuses one",
      role: "pair",
      async script(script) {
        const server = await script.startServer();
        const client = await script.startClient(server, [poem, "新.txt"]);
        await client.prints(words("stored as 新.txt: 64 bytes"));
        await client.prints(words("MD5 "));
        await client.endsWell();
        await hasPoem(script, "received/新.txt");
        const bad = await script.startClient(server, [poem, "../x"]);
        await bad.gives(1, "../x");
      },
    },
    {
      name: "lesson's server refuses what cannot be, and serves on",
      role: "pair",
      async script(script) {
        await files(script, { "received/a": HELLO });
        const server = await script.startServer();
        const good = {
          md5: md5Of(HELLO),
          file_name: "a",
          file_size: 5,
          new_file_name: "b",
        };
        const upload = (more: Record<string, unknown>) =>
          joined(message({ ...good, ...more }), HELLO);
        for (
          const bad of [
            upload({ md5: "0".repeat(32) }),
            upload({ file_size: 1e15 }),
            upload({ file_size: -1 }),
            upload({ new_file_name: "../a" }),
            upload({ new_file_name: "" }),
            upload({ new_file_name: null, file_name: "/etc/x" }),
            upload({ new_file_name: "a", file_size: 6 }),
            frame("{"),
            frame("", 2 ** 31 - 1),
            new Uint8Array([1]),
            new Uint8Array(),
          ]
        ) await isRefused(script, server, bad);
        await holds(script, "received", { a: HELLO });
        await asks(script, server, upload({}), receiptFor("b", HELLO));
        await holds(script, "received", { a: HELLO, b: HELLO });
      },
    },
    ...["uploader", "uploader_without_md5"].map((name): Case => ({
      name: `classic Python ${name} sends to the lesson's server`,
      role: "pair",
      async script(script) {
        const server = await script.startServer();
        const client = await script.startPythonClient(server, name);
        await client.exits(0);
        await server.connectedFrom();
        await server.prints("received poem.txt: 64 bytes");
        await hasPoem(script, "received/poem.txt");
      },
    })),
    {
      name:
        "lesson's client sends to a classic Python receiver, and says that no receipt came",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer("receiver");
        const client = await script.startClient(server, [poem, "new.txt"]);
        await client.gives(1, "no receipt");
        await server.exits(0);
        await hasPoem(script, "new.txt");
      },
    },
    {
      name: "classic Python downloader takes the lesson's bare server's file",
      role: "pair",
      async script(script) {
        const server = new ServerActor(
          script,
          await script.launch("the bare server", lessonFile("bare_server.ts"), [
            "--allow-net=127.0.0.1",
            "--allow-read=.",
          ], ["--port", "0", poem]),
        );
        await server.listens();
        const client = await script.startPythonClient(server, "downloader");
        await client.exits(0);
        await server.connectedFrom();
        await server.endsWell();
        await hasPoem(script, "downloaded.txt");
      },
    },
    {
      name: "lesson's bare client takes a classic Python server's file",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer("download_server");
        const { port } = server.address;
        const client = new ClientActor(
          script,
          await script.launch("the bare client", lessonFile("bare_client.ts"), [
            "--allow-net=127.0.0.1",
            "--allow-write=.",
          ], ["--port", `${port}`, "copy.txt"]),
        );
        await client.printsAll("64 bytes");
        await hasPoem(script, "copy.txt");
      },
    },
    {
      name: "Python client puts, lists and gets with the solution's server",
      role: "pair",
      async script(script) {
        const server = await script.startServer({ whose: "our" });
        const client = await script.startPythonClient(server, "store_client");
        await client.printsAll("64 中文.txt");
        await hasPoem(script, "store/中文.txt");
        await hasPoem(script, "got.txt");
      },
    },
    {
      name: "solution's client puts, lists and gets with a Python server",
      role: "pair",
      async script(script) {
        const server = await script.startPythonServer("store_server");
        const bytes = await Deno.readFile(path(script, poem));
        const run = (...args: string[]) =>
          script.startClient(server, args, "our");
        await (await run("put", poem, "中文")).printsAll(
          lineFor("中文", bytes),
        );
        await (await run("list")).printsAll("64 中文");
        await (await run("get", "中文", "got")).printsAll(
          lineFor("got", bytes),
        );
        await hasPoem(script, "got");
        await (await run("get", "none")).gives(1, "no such file");
      },
    },
  ],
};

register(check, import.meta.url);
