/**
 * Lesson 07's own pair, alone and with Python programs.
 *
 * @module
 */
import { lessonFolder } from "@lessons/places.ts";
import { ClientActor, ServerActor } from "../../kit/actors.ts";
import type { Case } from "../../kit/case.ts";
import { words } from "../../kit/expectations/line.ts";
import { frame } from "../../kit/frames.ts";
import { files, hasPoem, holds, path, poem } from "./files.ts";
import {
  HELLO,
  joined,
  lineFor,
  md5Of,
  message,
  receiptFor,
} from "./messages.ts";
import { storeOf } from "./peers.ts";

const lessonFile = (name: string) =>
  new URL(name, lessonFolder("07_md5_file_transfer"));

/** The lesson's own pair at work. */
export const own: Case[] = [
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
      const { asks, isRefusedAtEnd } = storeOf(script, server);
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
      ) await isRefusedAtEnd(bad);
      await holds(script, "received", { a: HELLO });
      await asks(upload({}), receiptFor("b", HELLO));
      await holds(script, "received", { a: HELLO, b: HELLO });
    },
  },
];

/** The lesson's pair, and the solution, with classic Python programs. */
export const python: Case[] = [
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
];
