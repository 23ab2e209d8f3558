/**
 * Lesson 04, experiment: the largest datagram.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_limit.ts
 */
const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
const receiver = Deno.listenDatagram(own);
const sender = Deno.listenDatagram(own);

for (const size of [65507, 65508]) {
  try {
    await sender.send(new Uint8Array(size), receiver.addr);
    const [bytes] = await receiver.receive();
    console.log(`${size} bytes: sent, and ${bytes.length} came`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.log(`${size} bytes: ${error.message}`);
  }
}

sender.close();
receiver.close();
