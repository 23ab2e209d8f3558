/**
 * Lesson 11, client: fetch a file by TFTP and print it.
 *
 *   deno run --allow-net=127.0.0.1 lessons/11_reliable_udp/client.ts poem.txt
 */
import { formatAddress, runClient, UsageError } from "@lessons/program.ts";
import { Mailbox } from "./mailbox.ts";
import type { Packet } from "./packet.ts";

/** How many bytes a block has. A shorter one is the last. */
const BLOCK = 512;

/** How long a block is waited for, in milliseconds, and how often the last packet is sent. */
const [TIMEOUT, TRIES] = [500, 5];

await runClient({ port: 8011, words: "NAME" }, async ({ address, words }) => {
  const [name, ...more] = words;
  if (name === undefined || more.length > 0) throw new UsageError("say a NAME");

  using mailbox = new Mailbox({
    // A socket at 127.0.0.1 reaches this machine alone; one at 0.0.0.0 reaches all others.
    hostname: address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",
  });
  let server: Deno.NetAddr = { ...address, transport: "udp" };
  let isKnown = false; // the port of this transfer is known from its first block
  let last: Packet = { kind: "read", name, mode: "octet", options: new Map() };
  let until = 0;
  let tries = 0;
  const say = async (packet: Packet) => {
    last = packet;
    await mailbox.send(packet, server);
    until = performance.now() + TIMEOUT;
  };

  await say(last);
  for (let block = 1, isWhole = false; true;) {
    const letter = await mailbox.receive(until);
    if (!letter) {
      if (isWhole) return; // nobody asked for the last acknowledgement again
      if (++tries === TRIES) {
        const where = formatAddress(address);
        throw new Error(`no answer from ${where} after ${TRIES} tries`);
      }
      await say(last);
      continue;
    }

    const { packet, from } = letter;
    if (isKnown && formatAddress(from) !== formatAddress(server)) {
      const message = "this port belongs to another transfer";
      await mailbox.send({ kind: "error", code: 5, message }, from);
      continue;
    }
    if (packet?.kind === "error") {
      throw new Error(`${packet.message} (error ${packet.code})`);
    }
    if (packet?.kind !== "data") continue;

    if (packet.block === (block & 0xffff)) {
      if (!isKnown) [server, isKnown] = [from, true];
      for (let at = 0; at < packet.bytes.length;) {
        at += await Deno.stdout.write(packet.bytes.subarray(at));
      }
      await say({ kind: "ack", block });
      [block, tries] = [block + 1, 0];
      isWhole = packet.bytes.length < BLOCK; // and now it stays a little: this acknowledgement may be lost
    } else if (packet.block === ((block - 1) & 0xffff) && isKnown) {
      await say(last); // this block has come before: its acknowledgement was lost
    }
  }
});
