/**
 * Lesson 07, experiment: a receiver that counts 1024 bytes for every read.
 *
 *   deno run --allow-net=127.0.0.1 lessons/07_md5_file_transfer/experiment_count.ts
 */
const PIECE = 1000; // what comes at a time
const TOTAL = 100 * PIECE;

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
using client = await Deno.connect({ port: listener.addr.port });
using server = await listener.accept();

const buffer = new Uint8Array(1024);
let counted = 0;
let received = 0;
while (counted < TOTAL) {
  await client.write(new Uint8Array(PIECE)); // the next piece comes when this one is read
  received += await server.read(buffer) ?? 0;
  counted += 1024;
}
console.log(`the file has ${TOTAL} bytes`);
console.log(`counted  ${counted}: done`);
console.log(`received ${received}`);
