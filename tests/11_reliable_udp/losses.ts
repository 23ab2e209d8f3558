/**
 * One file, read again and again, and each time another datagram is lost; or
 * once, and each window loses something.
 *
 * @module
 */
import { Failure } from "../../kit/failure.ts";
import { inParallel } from "../../kit/parallel.ts";
import type { Script } from "../../kit/script.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import { ack, blocksOf, options, request } from "./packets.ts";
import type { TftpPeer } from "./tftp_peer.ts";

/** How many bytes its blocks have, and how many may be on their way. */
const [BLOCK, WINDOW] = [8, 4];

/** The file: thirty blocks, so forty datagrams after the request. */
export const THIRTY: Uint8Array = random(BLOCK * 30 - 1);

const BLOCKS = blocksOf(THIRTY, BLOCK);

/** What a client asks for that meets it. */
const OPTIONS = { blksize: BLOCK, windowsize: WINDOW };

/** What is acknowledged where nothing is lost. */
const PLACES = [
  ...BLOCKS.keys().filter((i) => i % WINDOW === 0),
  BLOCKS.length,
];

/** What can be lost: the answer to the request, each block, and each acknowledgement. */
const LOSSES = [
  "options",
  ...BLOCKS.map((_, i) => `data ${i + 1}`),
  ...PLACES.map((place) => `ack ${place}`),
];

/** How many transfers run at the same time. */
const WIDTH = 8;

/** So many datagrams that came before are more than any loss explains. */
const MOST_REPEATS = 40 * WINDOW;

/** The shortest time-out that there is, in milliseconds, and a little less: the two programs' clocks tick apart. */
const SHORTEST = 45;

/**
 * Reads the file from the program under test as often as it has datagrams, and
 * loses the first of each once.
 *
 * @param meet Makes a client.
 */
export async function losesEach(
  script: Script,
  meet: (us: string) => TftpPeer,
): Promise<void> {
  await script.step(
    `${LOSSES.length} clients read the file in windows of ${WINDOW}, and each loses another datagram`,
    () =>
      inParallel(
        WIDTH,
        LOSSES.map((lost) => () =>
          reads(meet(`the client that lost ${lost} once`), lost)
        ),
      ),
  );
}

/** Reads the file. @param lost What is lost when it is there first. */
async function reads(peer: TftpPeer, lost: string): Promise<void> {
  peer.mostRepeats = MOST_REPEATS;
  await peer.hears(request("read", "file", OPTIONS), []);
  await receives(peer, [lost], "your server");
}

/** What one transfer loses: something of each window, the last of it included. */
const SOME = [
  ...["data 1", "data 6", "ack 8", "data 11", "data 16", "data 17"],
  ...["ack 20", "data 22", "data 24", "data 27", "data 30", "ack 30"],
];

/** After it a client stays for its time-out and no longer: whether a busy machine is as quick nobody knows. */
const LAST_ACK = `ack ${BLOCKS.length}`;

/** A file is put by the client under test, which has asked for {@linkcode OPTIONS}, and each window loses something. */
export async function putWithLosses(server: TftpPeer): Promise<void> {
  await server.script.step(
    `${server.start.us} takes the options and the file, and loses ${
      SOME.join(", ")
    } once`,
    async () => {
      server.mostRepeats = MOST_REPEATS;
      await server.hears(options(OPTIONS), []);
      await receives(server, SOME, "your client", 0);
    },
  );
}

/**
 * The client under test, which has asked for {@linkcode OPTIONS}, gets the
 * file, and each window loses something. What the client does not answer, or
 * of which the answer is lost, is sent again at once.
 */
export async function givesWithLosses(server: TftpPeer): Promise<void> {
  const lost = SOME.filter((what) => what !== LAST_ACK);
  const loses = losing(lost);
  await server.script.step(
    `${server.start.us} gives the options and the file, and loses ${
      lost.join(", ")
    } once`,
    async () => {
      server.mostRepeats = MOST_REPEATS;
      await server.hears(options(OPTIONS), [ack(0)]);
      for (let place = 0; place < BLOCKS.length;) {
        const window = BLOCKS.slice(place, place + WINDOW);
        const isThere = window.map((_, i) => !loses(`data ${place + i + 1}`));
        const gap = isThere.indexOf(false);
        await server.hears(window.filter((_, i) => isThere[i]), []);
        const inOrder = place + (gap === -1 ? window.length : gap);
        const isTold = gap === -1 || isThere.indexOf(true, gap) !== -1;
        if (!isTold) continue; // who waits for the rest of a window says nothing yet
        while (true) {
          const packet = await server.hearsNext(ack(inOrder));
          if (packet.kind === "ack" && packet.block === inOrder) break;
        }
        if (!loses(`ack ${inOrder}`)) place = inOrder;
      }
    },
  );
}

/** Loses each of these once. */
function losing(lost: readonly string[]): (what: string) => boolean {
  const left = new Set(lost);
  return (what) => left.delete(what);
}

/**
 * Takes the file in.
 *
 * @param lost What is lost when it is there first.
 * @param begun The last number that was acknowledged; without it the answer with options is still to come.
 */
async function receives(
  peer: TftpPeer,
  lost: readonly string[],
  who: string,
  begun = -1,
): Promise<void> {
  const since = performance.now();
  const loses = losing(lost);
  let count = 0; // of the blocks that came
  let acks = 0;
  let last = 0; // the last one in order
  let acknowledged = begun;
  let isGapTold = false;
  let isOver = false;
  const acknowledge = async () => {
    acknowledged = last;
    if (loses(`ack ${last}`)) return;
    acks++;
    await peer.hears(ack(last), []);
    isOver = last === BLOCKS.length;
  };

  while (!isOver) {
    const next = BLOCKS[Math.min(last, BLOCKS.length - 1)];
    const packet = await peer.hearsNext(
      acknowledged === -1 || !next ? options(OPTIONS) : next,
    );
    if (packet.kind === "options") {
      if (last === 0 && !loses("options")) await acknowledge();
      continue;
    }
    if (packet.kind !== "data") continue;
    count++;
    if (loses(`data ${packet.block}`)) continue;
    if (packet.block === last + 1) {
      last++;
      isGapTold = false;
      const isDue = last - acknowledged === WINDOW || last === BLOCKS.length;
      if (isDue) await acknowledge();
    } else if (packet.block > last) {
      if (!isGapTold) await acknowledge();
      isGapTold = true;
    } else if (packet.block <= acknowledged || peer.count(packet) > 2) {
      await acknowledge(); // also for who sends only its first block again
    }
  }
  checkCount({ who, lost, count, acks, ms: performance.now() - since });
}

/**
 * A window may be sent again for each loss, for each acknowledgement that the
 * program caused by that, and where its time was up: a busy machine makes that
 * happen more often, but not more often than there was time for.
 */
function checkCount({ who, lost, count, acks, ms }: {
  readonly who: string;
  readonly lost: readonly string[];
  readonly count: number;
  readonly acks: number;
  readonly ms: number;
}): void {
  const more = Math.max(0, acks - PLACES.length) + Math.floor(ms / SHORTEST);
  const most = BLOCKS.length + WINDOW * (lost.length + more);
  if (count <= most) return;
  throw new Failure(
    `${who} sent ${count} blocks of a file of ${BLOCKS.length} within ${
      Math.round(ms)
    } ms, and only ${
      lost.join(", ")
    } was lost, once; it was expected to send ${most} at most`,
    { found: "more than a window" },
  );
}
