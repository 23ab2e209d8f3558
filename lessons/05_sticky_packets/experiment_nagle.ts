/**
 * Lesson 05, experiment: what two small writes in a row can cost.
 *
 *   deno run --allow-net=127.0.0.1 lessons/05_sticky_packets/experiment_nagle.ts
 */
const ROUNDS = 20;

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const connecting = Deno.connect({ port: listener.addr.port });
using server = await listener.accept();
using client = await connecting;
answerEach12Bytes(server).catch(() => {}); // our own end closes it in the middle of a read

const head = new Uint8Array(4);
const body = new Uint8Array(8);
const both = new Uint8Array(12);

console.log(`two writes:               ${await time(head, body)} ms`);
client.setNoDelay(true);
console.log(`two writes, setNoDelay:   ${await time(head, body)} ms`);
client.setNoDelay(false);
console.log(`the same bytes, one write: ${await time(both)} ms`);

/** Writes a request in these parts and waits for the answer: the middle one of many times, in milliseconds. */
async function time(...parts: Uint8Array[]): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const part of parts) await client.write(part);
    await client.read(new Uint8Array(1));
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return (times[ROUNDS / 2] ?? 0).toFixed(1).padStart(5);
}

/** The other side: one byte of answer for each 12 that have come. */
async function answerEach12Bytes(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1024);
  let waiting = 0;
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) return;
    for (waiting += count; waiting >= 12; waiting -= 12) {
      await conn.write(new Uint8Array(1));
    }
  }
}
