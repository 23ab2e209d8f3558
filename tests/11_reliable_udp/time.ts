/**
 * A network on which every answer takes its time.
 *
 * @module
 */
import { Failure } from "../../kit/failure.ts";
import { firstOf, guard, Hang } from "../../kit/guard.ts";
import type { MoreTime } from "../../kit/more_time.ts";
import type { Script } from "../../kit/script.ts";
import type { Packet } from "@lessons/11_reliable_udp/packet.ts";
import { show } from "./packets.ts";
import type { TftpPeer } from "./tftp_peer.ts";

/** Time-outs that double, in milliseconds: a busy machine makes a program that does not wait late by more than one of them. */
export const DOUBLING: MoreTime = { times: [50, 100, 100], slack: 2 };

/** Of so many packets at the end most must have come only once: a busy machine may spoil some. */
const LAST = 6;

/**
 * Each packet is answered late, and the program gets used to that: it does not
 * send most of the last ones again.
 *
 * @param ms How long an answer takes, in milliseconds. No verdict rests on its being no longer.
 * @param answer The answer to the packet at an index.
 */
export async function isSteady(
  script: Script,
  peer: TftpPeer,
  packets: readonly Packet[],
  ms: number,
  answer: (index: number) => Packet,
): Promise<void> {
  for (const [i, packet] of packets.entries()) {
    await peer.gets(packet);
    await new Promise((resolve) => setTimeout(resolve, ms));
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
        }, although every answer came after ${ms} ms; it was expected to learn how long an answer takes`,
        { found: "never learns" },
      );
    },
  );
}

/**
 * Each block is acknowledged at once but for the last of them, and that one
 * comes again long before a first time-out of five seconds: within the time of
 * a step, which grows where a busy machine answers late.
 */
export async function isSoonRepeated(
  peer: TftpPeer,
  blocks: readonly Packet[],
): Promise<void> {
  for (const [i, block] of blocks.slice(0, -1).entries()) {
    await peer.gets(block);
    if (i === blocks.length - 2) await peer.getsAgain(block);
    await peer.sends({ kind: "ack", block: i + 1 });
  }
  await peer.sends({ kind: "error", code: 0, message: "that will do" });
}

/** How late a server's blocks are, in milliseconds: longer than {@linkcode AGAIN_MS}, and than the shortest time-out. */
const LATE_MS = 300;

/** How long after its acknowledgement a last block comes again, in milliseconds. */
const AGAIN_MS = 120;

/**
 * Each block comes late, so that a time-out is long. The last one comes once
 * more when a short time-out is over and this one is not.
 */
export async function staysLong(
  peer: TftpPeer,
  blocks: readonly Packet[],
): Promise<void> {
  const { script } = peer;
  let at = 0;
  for (const [i, block] of blocks.entries()) {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    await peer.sends(block);
    at = await peer.gets({ kind: "ack", block: i + 1 });
  }
  const last = blocks.at(-1);
  if (!last) throw new Error("Cannot send: no blocks");
  await script.patience.look();
  const { lost } = script.patience;
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  await peer.sends(last);
  const passed = performance.now() - at;
  await script.patience.look();
  const late = script.patience.lost - lost;
  if (passed + late > LATE_MS * 3 / 4) return; // on a busy machine it may have left rightly
  await peer.getsAgain({ kind: "ack", block: blocks.length });
}

/** For how long a sender keeps silent, in milliseconds: longer than five waits that begin with 100 ms and double, and far shorter than five that begin with a second. */
const SILENCE_MS = 3_500;

/**
 * A sender keeps silent in the middle of a file, as one does that waits for its
 * doubled time-out on a network that loses much. Then it goes on.
 *
 * @param blocks All blocks of the file.
 * @param hasGivenUp Whether the program under test has given up, or ended.
 */
export async function waitsForTheSender(
  peer: TftpPeer,
  blocks: readonly Packet[],
  hasGivenUp: () => boolean,
): Promise<void> {
  const { script, start: { program, us } } = peer;
  const last = blocks.length - 1;
  for (const [i, block] of blocks.entries()) {
    if (i === last) {
      await script.step(
        `${us} keeps silent for a while, as a sender does whose time-out has doubled`,
        async () => {
          await firstOf(program().exited, SILENCE_MS);
          if (!hasGivenUp()) return;
          throw new Failure(
            `${program().label} gave up within ${
              SILENCE_MS / 1000
            } s after block ${i}; with a time-out of 1 s and 5 tries the sender may be silent for longer than that, and a receiver was expected to wait from --timeout on, each time`,
            { found: "gave up before the sender" },
          );
        },
      );
    }
    await peer.asks([block], { kind: "ack", block: i + 1 });
  }
}

/**
 * A client that gets no answer asks again and again, and waits at least twice
 * as long each time. When it has given up, it asked so often, and no more.
 *
 * @param first What it waits at least the first time, in milliseconds.
 */
export async function repeatsItsRequest(
  peer: TftpPeer,
  times: number,
  first: number,
): Promise<void> {
  const { request, script, at, start: { program } } = peer;
  if (!request) throw new Error("Cannot repeat: no request has come");
  await getsLaterAndLater(peer, request, times - 1, at, first);
  await script.step(`${program().label} gives up`, async () => {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    program().exited.then(() => resolve());
    try {
      while (program().exit === undefined && peer.count(request) <= times) {
        await guard(script.patience, Promise.race([peer.more(), over]));
      }
    } catch (error) {
      if (!(error instanceof Hang)) throw error;
      throw Failure.ofSilence(
        error,
        `${program().label} had sent ${
          show(request)
        } ${times} times and did not end for ${error.time}; with ${times} tries it was expected to give up`,
      );
    }
  });
  await peer.cameAtMost(request, times, givesUpAfter(times));
}

/**
 * The program sends a packet again and again, and waits at least twice as
 * long each time: a busy machine makes it later, never sooner.
 *
 * @param since A moment before the packet was sent first.
 * @param first What it waits at least the first time, in milliseconds.
 */
export async function getsLaterAndLater(
  peer: TftpPeer,
  packet: Packet,
  times: number,
  since: number,
  first: number,
): Promise<void> {
  const slack = 5; // the two programs' clocks tick apart
  let before = since;
  let shortest = Infinity; // of the waits behind the first
  for (let count = 1, least = first; count <= times; count++) {
    const at = await peer.getsAgain(packet);
    const passed = at - since;
    // On average, or one of them: a busy machine spoils some.
    if (count > 1) shortest = Math.min(shortest, at - before);
    const isAlike = Math.min(shortest, passed / count) < 1.5 * first;
    before = at;
    if (passed < least - slack) {
      throw new Failure(
        `${peer.start.program().label} sent ${show(packet)} for the ${
          ordinal(count + 1)
        } time after ${
          Math.round(passed)
        } ms; with a time-out of ${first} ms that doubles it was expected to wait ${least} ms in all`,
        {
          found: count === 1 ? "at once" : isAlike ? "too soon" : "grows less",
        },
      );
    }
    least = 2 * least + first;
  }
}

/** What a program with so many tries is expected to do. */
export function givesUpAfter(tries: number): string {
  return `to give up after ${tries} tries`;
}

/** A small number of turns, in English. */
function ordinal(number: number): string {
  return `${number}${["th", "st", "nd", "rd"][number] ?? "th"}`;
}
