/**
 * Lesson 08, experiment: what the clients notice of a computation.
 *
 *   deno run --allow-net=127.0.0.1 --allow-read=lessons/08_concurrent_server lessons/08_concurrent_server/experiment_busy.ts
 */
import { compute } from "./experiment_compute.ts";

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const accepting = listener.accept();
using client = await Deno.connect({ port: listener.addr.port });
using server = await accepting;
echo(server).catch(() => {}); // our own end closes it in the middle of a read

console.log(`nobody computes: ${await slowest(Promise.resolve())} ms`);

const inLoop = new Promise<void>((resolve) =>
  setTimeout(() => resolve(compute()))
);
console.log(`in the loop:     ${await slowest(inLoop)} ms`);

const worker = new Worker(import.meta.resolve("./experiment_compute.ts"), {
  type: "module",
});
const inWorker = new Promise((resolve) => worker.onmessage = resolve);
console.log(`in a worker:     ${await slowest(inWorker)} ms`);
worker.terminate();

/** The slowest of many round trips until something is done, in milliseconds. */
async function slowest(something: Promise<unknown>): Promise<string> {
  let isDone = false;
  something.then(() => isDone = true);
  let most = 0;
  for (let i = 0; i < 100 || !isDone; i++) {
    const start = performance.now();
    await client.write(new Uint8Array(1));
    await client.read(new Uint8Array(1));
    most = Math.max(most, performance.now() - start);
  }
  return most.toFixed(0).padStart(4);
}

async function echo(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(16);
  while (await conn.read(buffer) !== null) {
    await conn.write(buffer.subarray(0, 1));
  }
}
