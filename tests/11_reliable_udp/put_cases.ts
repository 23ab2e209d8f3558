/**
 * The cases of a server that takes files in.
 *
 * @module
 */
import { formatAddress } from "@lessons/program.ts";
import { type Case, WITH_SIGNALS } from "../../kit/case.ts";
import { words } from "../../kit/expectations/line.ts";
import { whileHeldUp } from "../../kit/held_up.ts";
import { logs } from "../../kit/log.ts";
import { rests } from "../../kit/stays.ts";
import { holds, isWhole } from "../07_md5_file_transfer/files.ts";
import { withFileLimit } from "../07_md5_file_transfer/limits.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import {
  FILE,
  fillsTheDisk,
  LONG,
  PATIENT,
  reads,
  storeCase,
} from "./meetings.ts";
import { hastyReceiver, leavesHalf } from "./misunderstandings.ts";
import { ack, blocksOf, data, error, request } from "./packets.ts";
import { TftpPeer } from "./tftp_peer.ts";
import { waitsForTheSender } from "./time.ts";

/** A whole file is written, block by block, to the last acknowledgement. */
async function writes(client: TftpPeer, name: string, file: Uint8Array) {
  await client.asks([request("write", name)], ack(0));
  for (const [i, block] of blocksOf(file).entries()) {
    await client.asks([block], ack(i + 1));
  }
}

/** In the order in which a learner should meet them. */
export const putCases: Case[] = [
  storeCase("takes a file, and acknowledges the last block when it is there", {
    guards: [7, 14, 15],
    server: { args: ["--timeout", "5000"] },
    there: { "store/old": FILE },
  }, async ({ script, server, client }) => {
    const file = random(1024);
    await client.asks([request("write", "new")], ack(0));
    await rests(server);
    await client.hasGotNothingNew();
    const [one, two, three] = blocksOf(file);
    if (!one || !two || !three) throw new Error("Cannot write: no blocks");
    await client.asks([one], ack(1));
    await client.asks([one, one], ack(1));
    await client.asks([two], ack(2));
    await client.asks([three], ack(3));
    await holds(script, "store", { old: FILE, new: file });
  }),
  storeCase("takes several files at the same time", {
    guards: [5, 14],
  }, async ({ script, server, client }) => {
    const other = TftpPeer.client(script, server, "client two");
    await client.asks([request("write", "new")], ack(0));
    await other.asks([request("write", "other")], ack(0));
    await client.asks([data(1, 512)], ack(1));
    await other.asks([data(1, 7)], ack(1));
    await client.asks([data(2, 0)], ack(2));
    await holds(script, "store", {
      file: FILE,
      new: new Uint8Array(512).fill(1),
      other: new Uint8Array(7).fill(1),
    });
  }),
  storeCase("stays for a last block that comes again", {
    guards: [8, 14, 15],
  }, async ({ script, server, client }) => {
    await client.asks([request("write", "new")], ack(0));
    const last = data(1, 100);
    await whileHeldUp(server, () => client.sends(last, last, last));
    await client.gets(ack(1));
    await client.getsAgain(ack(1));
    await client.getsAgain(ack(1));
    await holds(script, "store", {
      file: FILE,
      new: new Uint8Array(100).fill(1),
    });
  }),
  storeCase("keeps what was there until a new file is whole", {
    guards: [12, 15],
    known: [leavesHalf],
  }, async ({ script, server, client }) => {
    await client.asks([request("write", "file")], ack(0));
    await client.asks([data(1, 512)], ack(1));
    await script.step(
      "store/file is still the old one",
      () => isWhole(script, "store/file", FILE),
    );
    await client.sends(error(3, "disk full"));
    await holds(script, "store", { file: FILE }, true);
    const next = TftpPeer.client(script, server, "client two");
    const file = random(600);
    await writes(next, "file", file);
    await holds(script, "store", { file });
  }),
  storeCase("gives up on a client that sends no more, and leaves nothing", {
    guards: [4, 12, 14],
    waits: true,
    known: [leavesHalf],
    server: { args: ["--timeout", "50", "--tries", "3"] },
  }, async ({ script, server, client }) => {
    await client.asks([request("write", "new")], ack(0));
    await client.asks([data(1, 512)], ack(1));
    await logs(server, words(formatAddress(client.address)));
    await holds(script, "store", { file: FILE }, true);
  }),
  storeCase("leaves nothing of a file when it is ended by Ctrl-C", {
    guards: [12, 13, 14],
    known: [leavesHalf],
    only: WITH_SIGNALS,
  }, async ({ script, server, client }) => {
    await client.asks([request("write", "new")], ack(0));
    await client.asks([data(1, 512)], ack(1));
    await server.getsCtrlC();
    await server.endsWell();
    await holds(script, "store", { file: FILE });
  }),
  storeCase("waits for a client whose time-out has grown", {
    guards: [4, 14],
    waits: true,
    known: [hastyReceiver],
    server: { args: [] },
  }, async ({ server, client }) => {
    await client.asks([request("write", "new")], ack(0));
    const address = formatAddress(client.address);
    await waitsForTheSender(
      client,
      blocksOf(LONG),
      () => server.program.stdout.includes(address),
    );
  }),
  storeCase("says error 3 when the disk is full, and leaves nothing", {
    guards: [10, 15],
    known: [leavesHalf],
    only: WITH_SIGNALS,
    server: { args: PATIENT, through: withFileLimit(16) },
  }, async ({ script, server, client }) => {
    await client.asks([request("write", "new")], ack(0));
    await fillsTheDisk(client);
    await holds(script, "store", { file: FILE }, true);
    const next = TftpPeer.client(script, server, "client two");
    await reads(next, "file", FILE);
  }),
];
