/**
 * A file of more blocks than 16 bits can number.
 *
 * @module
 */
import { Failure } from "../../kit/failure.ts";
import { random } from "../07_md5_file_transfer/messages.ts";
import { ack, blocksOf } from "./packets.ts";
import type { TftpPeer } from "./tftp_peer.ts";

/** How many bytes its blocks have, and how many may be on their way. */
const [BLOCK, WINDOW] = [8, 64];

/** The file: some blocks more than numbers. */
export const WRAP: Uint8Array = random(BLOCK * (65_536 + WINDOW) + 1);

/** Reads it from the program under test, window by window. */
export async function readsPastTheWrap(peer: TftpPeer): Promise<void> {
  const all = blocksOf(WRAP, BLOCK);
  const step = (from: number, to: number) =>
    peer.script.step(
      `${peer.start.us} acknowledges each ${WINDOW} blocks, and gets ${
        from + 1
      } to ${to}`,
      async () => {
        for (let i = from; i < to; i += WINDOW) {
          await peer.hearsWindow(ack(i), all.slice(i, i + WINDOW));
        }
      },
    );
  const wrap = 65_536;
  await step(0, wrap);
  await isNotLost(peer, () => step(wrap, all.length));
  await peer.sends(ack(all.length));
}

/** Writes it to the program under test, window by window. */
export async function writesPastTheWrap(peer: TftpPeer): Promise<void> {
  const all = blocksOf(WRAP, BLOCK);
  const step = (from: number, to: number) =>
    peer.script.step(
      `${peer.start.us} sends blocks ${
        from + 1
      } to ${to}, and gets each ${WINDOW} acknowledged`,
      async () => {
        for (let i = from; i < to;) {
          i = await peer.hearsAck(all.slice(i, Math.min(i + WINDOW, to)), i);
        }
      },
    );
  const wrap = 65_536 - WINDOW;
  await step(0, wrap);
  await isNotLost(peer, () => step(wrap, all.length));
}

/** What goes wrong now, while the program goes on sending, has the numbers for its reason. */
async function isNotLost(
  peer: TftpPeer,
  act: () => Promise<void>,
): Promise<void> {
  const before = peer.repeats;
  peer.mostRepeats = before + 3 * WINDOW; // more than a busy machine makes of what little is left
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Failure) || error.seen.isBusy) throw error;
    if (error.seen.silent && peer.repeats - before < 2) throw error;
    throw new Failure(
      `${error.message}; it had counted right up to 65535`,
      { found: "after the wrap" },
    );
  }
}
