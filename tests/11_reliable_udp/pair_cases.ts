/**
 * Lesson 11's own pair, alone, with other programs, and over a bad network.
 *
 * @module
 */
import { lessonFolder } from "@lessons/places.ts";
import type { Case } from "../../kit/case.ts";
import { words } from "../../kit/expectations/line.ts";
import { rests } from "../../kit/stays.ts";
import { files, holds } from "../07_md5_file_transfer/files.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import { data, error, request } from "./packets.ts";
import { TftpPeer } from "./tftp_peer.ts";

const link = new URL("link.ts", lessonFolder("11_reliable_udp"));

/** What the poem is, as the lesson's client prints it. */
const POEM = "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡";

/** The lesson's own pair at work. */
export const own: Case[] = [
  {
    name: "lesson's client prints a file of the lesson's server, and an error",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      await (await script.startClient(server, ["poem.txt"])).printsAll(POEM);
      await server.prints(words("sent poem.txt to "));
      await (await script.startClient(server, ["none"])).gives(1, "error 1");
    },
  },
  {
    name: "lesson's server takes a client's error for the end, without a word",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = TftpPeer.client(script, server);
      const poem = new TextEncoder().encode(`${POEM}\n`);
      await client.asks([request("read", "poem.txt")], data(1, poem));
      await client.sends(error(0));
      await server.prints(words(": the client broke off: "));
      await rests(server);
      await client.hasGotNothingNew();
    },
  },
  {
    name:
      "lesson's pair gets a file through a link that loses, doubles and swaps",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const flags = ["--lose", "0.2", "--double", "0.2", "--swap", "0.2"];
      const { port } = server.address;
      const between = await script.launch("the link", link, [
        "--allow-net=127.0.0.1",
      ], ["--port", "0", "--to", String(port), ...flags, "--seed", "3"]);
      const line = await between.line("its ready line");
      const place = {
        hostname: "127.0.0.1",
        port: Number(line.split(":").at(-1)),
      };
      await (await script.startClient({ place }, ["poem.txt"])).printsAll(POEM);
    },
  },
];

/** The lesson's pair with Python's programs. */
export const python: Case[] = [
  {
    name: "Python client reads a file of the lesson's server",
    role: "pair",
    async script(script) {
      const server = await script.startServer();
      const client = await script.startPythonClient(server);
      await client.printsAll(POEM);
    },
  },
];

/** A file that takes a few windows. */
export const MEDIUM = random(40_000);

export { files, holds };
