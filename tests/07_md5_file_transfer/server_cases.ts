/**
 * The cases of a server whose clients mean well.
 *
 * @module
 */
import type { Case } from "../../kit/case.ts";
import { serverCase } from "../../kit/cases.ts";
import { frames } from "../../kit/expectations/frames.ts";
import { json } from "../../kit/expectations/json.ts";
import { cut } from "../../kit/faults/cut.ts";
import { halfClose } from "../../kit/faults/half_close.ts";
import { logsConnected } from "../../kit/log.ts";
import { holds, path } from "./files.ts";
import { withOpenLimit } from "./limits.ts";
import {
  anyRefusal,
  headFor,
  HELLO,
  LARGE,
  message,
  putOf,
  random,
  receiptFor,
} from "./messages.ts";
import { losesBody, readsToEnd } from "./misunderstandings.ts";
import { storeCase } from "./peers.ts";

/** A file that may have such a name on some systems only, and that no client can ask for. */
const NO_NAME_TO_GET: Readonly<Record<string, Uint8Array>> =
  Deno.build.os === "windows" ? {} : { "store/C:x": HELLO };

/** A name of as many bytes as file systems take; on Windows a path must not become too long with it. */
const LONGEST_NAME = Deno.build.os === "windows"
  ? "中".repeat(40)
  : "中".repeat(85);

/** In the order in which a learner should meet them. */
export const serverCases: Case[] = [
  serverCase("stores a file and gives a receipt for it", {
    guards: [1, 3],
    known: [readsToEnd, losesBody],
  }, async ({ server, client, script }) => {
    await logsConnected(server, client);
    await client.asks(
      putOf("hello.txt", HELLO),
      frames(receiptFor("hello.txt", HELLO)),
    );
    await holds(script, "store", { "hello.txt": HELLO });
  }),
  storeCase(
    "stores files of 0 bytes to 5 MiB, with names of all kinds, one a byte at a time",
    { guards: [2, 3, 22], server: { args: ["--dir", "store/inner"] } },
    async ({ script, server, asks }) => {
      const stored: Record<string, Uint8Array> = {};
      for (const size of [0, 1, 55, 56, 64, 1023, 1024, 1025]) {
        stored[`${size}.bin`] = random(size);
      }
      stored["two words.txt"] = HELLO;
      stored["中文 😀.txt"] = HELLO;
      stored["Grüße, 100 % (1) & 'co'~#+.txt"] = HELLO;
      stored[".hidden"] = HELLO;
      stored["..two.dots"] = HELLO;
      stored[LONGEST_NAME] = HELLO;
      stored["large"] = LARGE;
      for (const [name, body] of Object.entries(stored)) {
        await asks(putOf(name, body), receiptFor(name, body));
      }
      const slow = await script.connect(server);
      await slow.asks(
        putOf("slow", HELLO),
        frames(receiptFor("slow", HELLO)),
        cut(1),
      );
      await holds(script, "store/inner", { ...stored, slow: HELLO });
    },
  ),
  storeCase(
    "gives files with names of all kinds, 30 times too",
    {
      guards: [4, 6, 22],
      server: { through: withOpenLimit(50) }, // none may stay open
      there: {
        "store/empty": new Uint8Array(),
        "store/中文 a.txt": HELLO,
        "store/large": LARGE,
      },
    },
    async ({ script, server, asks }) => {
      for (
        const [name, body] of Object.entries({
          "empty": new Uint8Array(),
          "中文 a.txt": HELLO,
          "large": LARGE,
        })
      ) {
        const client = await script.connect(server);
        await client.asks(
          message({ op: "get", name }),
          frames(headFor(name, body)),
        );
        await client.gets(body);
        await client.offers("", halfClose()); // and nothing behind it
      }
      await asks(message({ op: "get", name: "none" }), anyRefusal);
      for (let i = 0; i < 30; i++) {
        const client = await script.connect(server);
        await client.asks(
          message({ op: "get", name: "中文 a.txt" }),
          frames(headFor("中文 a.txt", HELLO)),
        );
        await client.gets(HELLO);
        await client.offers("", halfClose());
      }
    },
  ),
  storeCase("gives a file, and refuses one that it does not have", {
    guards: [4],
    there: { "store/hello.txt": HELLO },
  }, async ({ script, server, asks }) => {
    const client = await script.connect(server);
    await client.asks(
      message({ op: "get", name: "hello.txt" }),
      frames(headFor("hello.txt", HELLO)),
    );
    await client.gets(HELLO);
    await client.offers("", halfClose()); // and nothing behind it
    await asks(message({ op: "get", name: "none" }), anyRefusal);
  }),
  storeCase("lists 1000 files by name, and nothing else", {
    guards: [5],
    there: {
      "store/folder/inside": HELLO,
      ...NO_NAME_TO_GET,
    },
  }, async ({ script, asks }) => {
    await asks(message({ op: "list" }), json({ ok: true, files: [] }));
    const listed = await script.step("1000 files are put there", () => {
      const names = Array.from({ length: 995 }, (_, i) => `file ${i}`);
      names.push(".hidden", "a", "B"); // by `<` a capital comes first, in a dictionary the a
      names.push("😀", "Ａ"); // by code points the A would come first
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
    await asks(message({ op: "list" }), json({ ok: true, files: listed }));
  }),
];
