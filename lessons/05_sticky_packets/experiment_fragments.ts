/**
 * Lesson 05, experiment: one large message, and how many reads it takes.
 *
 *   deno run --allow-net=127.0.0.1 lessons/05_sticky_packets/experiment_fragments.ts
 */
const MESSAGE = new Uint8Array(1024 * 1024);

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const connecting = Deno.connect({ port: listener.addr.port });
using server = await listener.accept();
using client = await connecting;

const sending = send(); // not awaited yet: the reader has to make room

const buffer = new Uint8Array(MESSAGE.length); // room enough for all of it
let reads = 0;
let bytes = 0;
while (true) {
  const count = await server.read(buffer);
  if (count === null) break;
  reads++;
  bytes += count;
}
console.log(`${bytes} bytes: ${await sending} writes, ${reads} reads`);

/** Writes the message. @returns How many writes it took. */
async function send(): Promise<number> {
  let writes = 0;
  for (let offset = 0; offset < MESSAGE.length; writes++) {
    offset += await client.write(MESSAGE.subarray(offset));
  }
  await client.closeWrite();
  return writes;
}
