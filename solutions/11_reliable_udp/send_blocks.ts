/**
 * Sending a file, window by window.
 *
 * @module
 */
import type { Reader } from "@lessons/06_struct_framing/frame.ts";
import type { Agreement } from "./options.ts";
import { near, type Transfer } from "./transfer.ts";

/**
 * Sends all that a source gives.
 *
 * @returns How many bytes that was, when the last block is acknowledged.
 */
export async function sendBlocks(
  transfer: Transfer,
  source: Reader,
  { blksize, windowsize }: Agreement,
): Promise<number> {
  const window: Uint8Array[] = []; // blocks that are not acknowledged yet
  let first = 1; // the number of the first of them
  let size = 0;
  for (let isAll = false;;) {
    while (window.length < windowsize && !isAll) {
      const block = await readBlock(source, blksize);
      window.push(block);
      size += block.length;
      isAll = block.length < blksize; // also where it is empty
    }
    if (window.length === 0) return size;

    const acknowledged = await transfer.exchange(
      async () => {
        for (const [i, bytes] of window.entries()) {
          await transfer.send({ kind: "data", block: first + i, bytes });
        }
      },
      (packet) => {
        if (packet.kind !== "ack") return undefined;
        const block = near(packet.block, first);
        const isInWindow = block >= first && block < first + window.length;
        return isInWindow ? block : undefined; // an older one changes nothing, however often it comes
      },
      isAll,
    );
    window.splice(0, acknowledged + 1 - first);
    first = acknowledged + 1;
  }
}

/** Reads a block: a whole one, or what is left. */
async function readBlock(source: Reader, size: number): Promise<Uint8Array> {
  const block = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const count = await source.read(block.subarray(at));
    if (count === null) return block.subarray(0, at);
    at += count;
  }
  return block;
}
