/**
 * Lesson 04, experiment: one send is one receive, even of nothing.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_boundaries.ts
 */
const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
const receiver = Deno.listenDatagram(own);
const sender = Deno.listenDatagram(own);

for (const text of ["aaa", "bbb", "", "c"]) {
  const count = await sender.send(
    new TextEncoder().encode(text),
    receiver.addr,
  );
  console.log(`send: "${text}", ${count} bytes`);
}

// All four wait in the receiver's socket now, and are still four.
for (let i = 0; i < 4; i++) {
  const [bytes] = await receiver.receive();
  const text = new TextDecoder().decode(bytes);
  console.log(`receive: "${text}", ${bytes.length} bytes`);
}

sender.close();
receiver.close();
