/**
 * Measures how fast frames are decoded, by the size of the chunks they come in.
 *
 *   deno run tests/bench/frame_bench.ts
 *
 * The chunks come from memory, so that the decoder is measured and no network.
 * Beside the reader stands the decoder that everybody writes first: it glues
 * each chunk to an array and cuts frames off its front.
 */
import {
  encodeFrame,
  FrameReader,
  type Reader,
} from "@lessons/06_struct_framing/frame.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** A stream that gives the same frame again and again, in chunks of one size. */
class Source implements Reader {
  readonly #bytes: Uint8Array;
  readonly #chunk: number;
  #left: number;
  #at = 0;

  constructor(frame: Uint8Array, frames: number, chunk: number) {
    const repeats = Math.min(frames, Math.ceil((2 * MiB) / frame.length));
    this.#bytes = new Uint8Array(frame.length * repeats);
    for (let i = 0; i < repeats; i++) this.#bytes.set(frame, i * frame.length);
    this.#chunk = chunk;
    this.#left = frame.length * frames;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#left === 0) return Promise.resolve(null);
    const count = Math.min(
      buffer.length,
      this.#chunk,
      this.#left,
      this.#bytes.length - this.#at,
    );
    if (count === 1) buffer[0] = this.#bytes[this.#at] ?? 0; // a view costs more than the byte
    else buffer.set(this.#bytes.subarray(this.#at, this.#at + count));
    this.#at = (this.#at + count) % this.#bytes.length;
    this.#left -= count;
    return Promise.resolve(count);
  }
}

/** Reads every frame of a stream and says how many there were. */
type Decoder = (
  source: Reader,
  chunk: number,
  maxLength: number,
) => Promise<number>;

/** Kept, so that no decoder is spared the making of what nobody uses. */
let latest: Uint8Array | undefined;

async function sync(source: Reader, chunk: number, maxLength: number) {
  const reader = new FrameReader(source, options(chunk, maxLength));
  let frames = 0;
  let frame = await reader.readFrame();
  while (frame !== null) {
    latest = frame;
    frames++;
    frame = reader.takeFrame() ?? await reader.readFrame();
  }
  return frames;
}

async function awaited(source: Reader, chunk: number, maxLength: number) {
  const reader = new FrameReader(source, options(chunk, maxLength));
  let frames = 0;
  let frame = await reader.readFrame();
  while (frame !== null) {
    latest = frame;
    frames++;
    frame = await reader.readFrame();
  }
  return frames;
}

function options(chunk: number, maxLength: number) {
  return { maxLength, bufferSize: Math.max(chunk, 64 * KiB) };
}

async function growingArray(source: Reader, chunk: number) {
  const buffer = new Uint8Array(chunk);
  let pending = new Uint8Array();
  let frames = 0;
  let count = await source.read(buffer);
  while (count !== null) {
    const longer = new Uint8Array(pending.length + count);
    longer.set(pending);
    longer.set(buffer.subarray(0, count), pending.length);
    pending = longer;
    while (pending.length >= 4) {
      const length = new DataView(pending.buffer).getInt32(0, true);
      if (pending.length < 4 + length) break;
      latest = pending.slice(4, 4 + length);
      pending = pending.slice(4 + length);
      frames++;
    }
    count = await source.read(buffer);
  }
  return frames;
}

/** Decodes a stream, best of three, and says how long it took, in milliseconds. */
async function time(
  decode: Decoder,
  payload: number,
  frames: number,
  chunk: number,
): Promise<number> {
  const frame = encodeFrame(new Uint8Array(payload).fill(7));
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const source = new Source(frame, frames, chunk);
    const start = performance.now();
    const decoded = await decode(source, chunk, payload);
    best = Math.min(best, performance.now() - start);
    if (decoded !== frames || latest?.length !== payload) {
      throw new Error(`${decoded} frames of ${frames}`);
    }
  }
  return best;
}

function size(bytes: number): string {
  if (bytes < KiB || bytes % KiB !== 0) return `${bytes} B`;
  return bytes < MiB ? `${bytes / KiB} KiB` : `${bytes / MiB} MiB`;
}

const decoders = { sync, awaited, growingArray };
const names = "`takeFrame` | `await readFrame` | growing array";

// First, while nothing else has used memory.
console.log(
  "Memory after each 10 million frames of 64 bytes in chunks of 64 KiB:",
);
console.log(`${await resident()}.\n`);

console.log(`Frames of 64 bytes, millions a second:\n`);
console.log(`| chunk | ${names} |`);
console.log("| ---: | ---: | ---: | ---: |");
for (const chunk of [1, 68, 1460, 64 * KiB, MiB]) {
  const cells: string[] = [];
  for (const decode of Object.values(decoders)) {
    const isSlow = chunk === 1 || decode === growingArray;
    const frames = isSlow ? 30_000 : 2_000_000;
    const ms = await time(decode, 64, frames, chunk);
    cells.push((frames / ms / 1000).toFixed(2));
  }
  console.log(`| ${size(chunk)} | ${cells.join(" | ")} |`);
}

console.log(`\nOne frame in chunks of 1 KiB, milliseconds:\n`);
console.log(`| frame | ${names} |`);
console.log("| ---: | ---: | ---: | ---: |");
for (const payload of [256 * KiB, 512 * KiB, MiB, 2 * MiB, 16 * MiB]) {
  const cells: string[] = [];
  for (const decode of Object.values(decoders)) {
    const isEndless = decode === growingArray && payload > 2 * MiB;
    cells.push(
      isEndless ? "" : (await time(decode, payload, 1, KiB)).toFixed(1),
    );
  }
  console.log(`| ${size(payload)} | ${cells.join(" | ")} |`);
}

console.log(`\nOne frame of 16 MiB, nanoseconds a byte:\n`);
console.log("| chunk | `await readFrame` |");
console.log("| ---: | ---: |");
for (const chunk of [1, 68, KiB, 1460, 64 * KiB, MiB]) {
  const ms = await time(awaited, 16 * MiB, 1, chunk);
  console.log(`| ${size(chunk)} | ${(ms * 1e6 / (16 * MiB)).toFixed(2)} |`);
}

/** How much memory the process holds while frames pass. */
async function resident(): Promise<string> {
  const frame = encodeFrame(new Uint8Array(64));
  const reader = new FrameReader(new Source(frame, 40_000_000, 64 * KiB));
  const seen: string[] = [];
  let frames = 0;
  while ((reader.takeFrame() ?? await reader.readFrame()) !== null) {
    if (++frames % 10_000_000 !== 0) continue;
    seen.push(`${Math.round(Deno.memoryUsage().rss / MiB)} MiB`);
  }
  return seen.join(", ");
}
