/**
 * A network on which every answer takes its time.
 *
 * @module
 */
import { Failure } from "../../kit/failure.ts";
import type { Script } from "../../kit/script.ts";
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";
import { show, type TftpPeer } from "./tftp_peer.ts";

/** How long an answer takes, in milliseconds. No verdict rests on its being no longer. */
const ANSWER_MS = 150;

/** Of so many packets at the end most must have come only once: a busy machine may spoil some. */
const LAST = 6;

/**
 * Each packet is answered late, and the program gets used to that: it does not
 * send most of the last ones again.
 *
 * @param answer The answer to the packet at an index.
 */
export async function isSteady(
  script: Script,
  peer: TftpPeer,
  packets: readonly Packet[],
  answer: (index: number) => Packet,
): Promise<void> {
  for (const [i, packet] of packets.entries()) {
    await peer.gets(packet);
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    await peer.sends(answer(i));
  }
  await script.step(
    `of the last ${LAST} packets most came only once`,
    () => {
      const last = packets.slice(-LAST);
      const again = last.filter((packet) => peer.count(packet) > 1);
      if (again.length < LAST / 2) return;
      const [first] = again;
      throw new Failure(
        `${peer.start.program().label} sent ${again.length} of the last ${LAST} packets again${
          first ? `, ${show(first)} ${peer.count(first)} times` : ""
        }, although every answer came after ${ANSWER_MS} ms; it was expected to learn how long an answer takes`,
        { found: "never learns" },
      );
    },
  );
}
