// Sends 64 bytes there and back over one connection, 4000 times; prints the microseconds of one round trip.
const ROUNDS = 4_000; // two writes and two reads each: as many calls as a recording keeps
using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
using client = await Deno.connect({ port: listener.addr.port });
using server = await listener.accept();
const [out, back] = [new Uint8Array(64), new Uint8Array(64)];
const start = performance.now();
for (let i = 0; i < ROUNDS; i++) {
  await client.write(out);
  await server.read(back);
  await server.write(back);
  await client.read(out);
}
console.log((performance.now() - start) * 1000 / ROUNDS);
