/**
 * Lesson 04, experiment: a datagram that is larger than the buffer.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_truncation.ts
 */
const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
const receiver = Deno.listenDatagram(own);
const sender = Deno.listenDatagram(own);

for (const size of [2000, 4]) {
  await sender.send(new Uint8Array(size), receiver.addr);
  console.log(`sent ${size} bytes`);
}

const buffer = new Uint8Array(1024); // Python's recvfrom(1024)
for (let i = 0; i < 2; i++) {
  const [bytes] = await receiver.receive(buffer);
  console.log(`received ${bytes.length} bytes`);
}

sender.close();
receiver.close();
