/**
 * Measures how long lesson 07's receiver takes for many small files, side by
 * side with that of another copy of the course.
 *
 *   deno run -A --lock=deno.lock tests/bench/small_files.ts [OTHER_COURSE] [files] [bytes]
 *
 * The two take turns, nine times; the best and the median of each are printed.
 * The files lie in memory (/dev/shm). Linux only.
 */
import { pathToFileURL } from "node:url";
import { root } from "@lessons/places.ts";

const [other, files = "1000", bytes = "1024"] = Deno.args;
const ROUNDS = 9;
const body = new Uint8Array(Number(bytes)).fill(7);

/** What is measured of the module of a copy. */
interface Receiver {
  receiveFile(
    source: { read(buffer: Uint8Array): Promise<number | null> },
    folder: string,
    incoming: { name: string; size: number },
  ): Promise<unknown>;
}

const places = [
  root,
  ...(other === undefined ? [] : [pathToFileURL(`${other}/`)]),
];
const receivers = await Promise.all(
  places.map(async (place) => {
    const file = new URL("lessons/07_md5_file_transfer/receive_file.ts", place);
    const module: Receiver = await import(file.href);
    return { place, module, times: new Array<number>() };
  }),
);
for (let round = 0; round <= ROUNDS; round++) {
  for (const { module, times } of receivers) {
    const ms = await measure(module);
    if (round > 0) times.push(ms); // the first warms up
  }
}
for (const { place, times } of receivers) {
  times.sort((a, b) => a - b);
  const [best = 0, median = 0] = [times[0], times[ROUNDS >> 1]];
  console.log(
    `${files} files of ${bytes} bytes: best ${best.toFixed(0)} ms, median ${
      median.toFixed(0)
    } ms  ${place.pathname}`,
  );
}

async function measure({ receiveFile }: Receiver): Promise<number> {
  const folder = await Deno.makeTempDir({ dir: "/dev/shm" });
  try {
    const begin = performance.now();
    for (let i = 0; i < Number(files); i++) {
      await receiveFile(sourceOf(body), folder, {
        name: `${i}`,
        size: body.length,
      });
    }
    return performance.now() - begin;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A connection on which these bytes have come. */
function sourceOf(bytes: Uint8Array) {
  let at = 0;
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      const part = bytes.subarray(at, at + Math.min(buffer.length, 65536));
      buffer.set(part);
      at += part.length;
      return Promise.resolve(part.length || null);
    },
  };
}
