/**
 * Lesson 11, experiment: a byte of a file changes on its way, and nobody notices but the MD5.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=lessons/11_reliable_udp/files lessons/11_reliable_udp/experiment_corrupt.ts
 */
import { crypto } from "@std/crypto";
import { Mailbox } from "./mailbox.ts";

const poem = await Deno.readFile("lessons/11_reliable_udp/files/poem.txt");

using here = new Mailbox({ hostname: "127.0.0.1" });
using there = new Mailbox({ hostname: "127.0.0.1" });
const to = there.socket.addr;
if (to.transport !== "udp") throw new Error("Cannot tell the address");

const onItsWay = poem.slice();
onItsWay.set([0xb1], 5); // a relay with a bad memory chip: it makes a new checksum for what it passes on
await here.send({ kind: "data", block: 1, bytes: onItsWay }, to);

const packet = (await there.receive())?.packet;
if (packet?.kind !== "data") throw new Error("Cannot compare: no block came");
console.log(
  `block ${packet.block} came, ${packet.bytes.length} bytes, no error`,
);
console.log(new TextDecoder().decode(packet.bytes).split("\n")[0]);
for (
  const [whose, bytes] of [["sent", poem], ["got ", packet.bytes]] as const
) {
  const digest = await crypto.subtle.digest("MD5", new Uint8Array(bytes));
  console.log(`${whose} MD5 ${new Uint8Array(digest).toHex()}`);
}
