/**
 * Measures what lesson 05's line reader costs a byte, by the size of the chunks
 * and the length of the lines.
 *
 *   deno run tests/bench/line_reader_bench.ts
 *
 * Down a column the cost of a read is shared by more bytes; along a row, that
 * of a line. Cost that is not linear would grow with the length of the line.
 */
import {
  LineReader,
  type Reader,
} from "../../solutions/05_sticky_packets/line_reader.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** A stream of bytes in chunks of one size. */
class Source implements Reader {
  #at = 0;

  constructor(readonly bytes: Uint8Array, readonly chunk: number) {}

  read(buffer: Uint8Array): Promise<number | null> {
    const left = this.bytes.length - this.#at;
    if (left === 0) return Promise.resolve(null);
    const count = Math.min(buffer.length, this.chunk, left);
    if (count === 1) buffer[0] = this.bytes[this.#at] ?? 0; // a view costs more than the byte
    else buffer.set(this.bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    return Promise.resolve(count);
  }
}

/** How much text there is, in bytes. */
const TEXT = 2 * MiB;

/** Reads lines of one length, best of three, and gives the nanoseconds a byte. */
async function time(chunk: number, length: number): Promise<number> {
  const bytes = new Uint8Array(TEXT).fill(0x61);
  let lines = 0;
  for (let lf = length; lf < bytes.length; lf += length + 1, lines++) {
    bytes[lf] = 0x0a;
  }
  if (bytes.at(-1) !== 0x0a) lines++; // the last one is cut short
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const reader = new LineReader(new Source(bytes, chunk));
    const start = performance.now();
    let read = 0;
    while (await reader.readLine() !== null) read++;
    best = Math.min(best, performance.now() - start);
    if (read !== lines) throw new Error(`${read} lines of ${lines}`);
  }
  return best * 1e6 / bytes.length;
}

function size(bytes: number): string {
  if (bytes < KiB || bytes % KiB !== 0) return `${bytes} B`;
  return bytes < MiB ? `${bytes / KiB} KiB` : `${bytes / MiB} MiB`;
}

const lengths = [0, 1, 16, 64, KiB, 16 * KiB, 64 * KiB, 256 * KiB, MiB];

console.log(`Nanoseconds a byte, ${size(TEXT)} of text:\n`);
console.log(`| chunk | lines of ${lengths.map(size).join(" | ")} |`);
console.log(`| ---: ${lengths.map(() => "| ---: ").join("")}|`);
for (const chunk of [1, 16, 68, 256, KiB, 1460, 16 * KiB, 64 * KiB]) {
  const cells: string[] = [];
  for (const length of lengths) {
    cells.push((await time(chunk, length)).toFixed(2));
  }
  console.log(`| ${size(chunk)} | ${cells.join(" | ")} |`);
}
