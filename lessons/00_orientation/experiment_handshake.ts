/**
 * Lesson 00, experiment: who shakes hands.
 *
 *   deno run --allow-net=127.0.0.1 lessons/00_orientation/experiment_handshake.ts
 */
using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log("the server listens and does nothing more");

using client = await Deno.connect({
  hostname: "127.0.0.1",
  port: listener.addr.port,
});
console.log("the client is connected");

const sent = await client.write(new TextEncoder().encode("hello"));
console.log(`the client has written ${sent} bytes`);

using server = await listener.accept();
console.log("the server accepts");

const buffer = new Uint8Array(1024);
const count = await server.read(buffer);
console.log(`the server reads ${count} bytes`);
