/**
 * What a stranger shows of a program: he knows the port of a transfer, and is
 * no part of it.
 *
 * @module
 */
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";
import { toBytes } from "../../kit/bytes.ts";
import { Failure } from "../../kit/failure.ts";
import { guard, Hang } from "../../kit/guard.ts";
import { show } from "./packets.ts";
import type { TftpPeer } from "./tftp_peer.ts";

/** The peer, or the stranger, has not been sent this packet: the stranger was no reason to go on. */
export async function wasNotMoved(
  peer: TftpPeer,
  stranger: TftpPeer,
  packet: Packet,
): Promise<void> {
  await peer.script.step(
    `nobody has got ${show(packet)} because of the stranger`,
    async () => {
      for (const one of [peer, stranger]) {
        await one.catchUp();
        if (one.count(packet) === 0) continue;
        throw new Failure(
          `${peer.start.program().label} sent ${
            show(packet)
          } to ${one.start.us} because of what a stranger had sent; it was expected to answer the stranger with error 5, and to change nothing`,
          { found: "the stranger moved it" },
        );
      }
    },
  );
}

/** How often the stranger sends something, in milliseconds. */
const PACE_MS = 25;

/**
 * A stranger sends something again and again, and the program sends its own
 * packet again all the same: the moment at which its time is up stays.
 */
export async function isNotPutOff(
  peer: TftpPeer,
  stranger: TftpPeer,
  packet: Packet,
): Promise<void> {
  const { script } = peer;
  const before = peer.count(packet);
  await script.step(
    `${stranger.start.us} sends ack 12345 every ${PACE_MS} ms, until ${peer.start.us} gets ${
      show(packet)
    } once more`,
    async () => {
      let isOver = false;
      const come = async () => {
        while (!isOver && peer.count(packet) === before) {
          await stranger.hears({ kind: "ack", block: 12_345 }, []);
          await new Promise((resolve) => setTimeout(resolve, PACE_MS));
        }
      };
      try {
        await guard(script.patience, come());
      } catch (error) {
        if (!(error instanceof Hang)) throw error;
        throw Failure.ofSilence(
          error,
          `${peer.start.program().label} sent nothing again for ${error.time} while a stranger kept sending; it was expected to send ${
            show(packet)
          } again when its time is up`,
        );
      } finally {
        isOver = true;
      }
    },
  );
}

/** A stranger sends bytes that are no packet of TFTP, and gets error 5 for them. */
export async function isTurnedAway(stranger: TftpPeer): Promise<void> {
  await stranger.sends(toBytes("hello"));
  await stranger.getsError(5);
}

/**
 * The peer has this packet already: the program said it before it turned to a
 * stranger, who came later. What it says only when its time is up comes too late.
 */
export async function hasBefore(
  peer: TftpPeer,
  stranger: TftpPeer,
  packet: Packet,
): Promise<void> {
  await stranger.sends({ kind: "ack", block: 12_345 });
  await stranger.getsError(5);
  await peer.script.step(
    `${peer.start.us} has got ${show(packet)} before that`,
    async () => {
      await peer.catchUp();
      if (peer.count(packet) > 0) return;
      const { surprise } = peer;
      const others = surprise === undefined ? "" : `, but ${surprise}`;
      throw new Failure(
        `${peer.start.program().label} had answered a stranger who came later, and had not sent ${
          show(packet)
        } yet${others}; it was expected to send that at once`,
        { found: "not at once" },
      );
    },
  );
}
