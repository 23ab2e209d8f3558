/**
 * Lesson 00, experiment: how much the system takes when nobody reads.
 *
 *   deno run --allow-net=127.0.0.1 lessons/00_orientation/experiment_buffers.ts
 */
using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
using client = await Deno.connect({
  hostname: "127.0.0.1",
  port: listener.addr.port,
});
using _server = await listener.accept(); // it never reads

const bytes = new Uint8Array(64 * 1024 * 1024);
const taken = await client.write(bytes);
console.log(`the client had  ${bytes.length} bytes to write`);
console.log(`the system took ${taken} bytes`);
