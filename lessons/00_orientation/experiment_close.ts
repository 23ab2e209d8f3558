/**
 * Lesson 00, experiment: each direction of a connection ends on its own.
 *
 *   deno run --allow-net=127.0.0.1 lessons/00_orientation/experiment_close.ts
 */
using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
using client = await Deno.connect({
  hostname: "127.0.0.1",
  port: listener.addr.port,
});
using server = await listener.accept();
const buffer = new Uint8Array(1024);

await client.closeWrite();
console.log("the client says: no more from me");
console.log(`the server reads ${await server.read(buffer)}`);

await server.write(new TextEncoder().encode("goodbye"));
console.log("the server writes all the same");
console.log(`the client reads ${await client.read(buffer)} bytes`);

await server.closeWrite();
console.log("the server says: no more from me");
console.log(`the client reads ${await client.read(buffer)}`);
