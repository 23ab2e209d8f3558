/**
 * Lesson 04, experiment: a sender that is faster than the receiver.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_flood.ts
 */
const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
const receiver = Deno.listenDatagram(own);
const sender = Deno.listenDatagram(own);

const SENT = 5000;
for (let i = 0; i < SENT; i++) {
  await sender.send(new Uint8Array(1000), receiver.addr);
}
console.log(`sent ${SENT} datagrams, and no send failed`);

setTimeout(() => receiver.close(), 500); // long enough for all that waits in the socket
let came = 0;
for await (const _ of receiver) came++; // ends when the socket is closed

if (came === SENT) console.log("all of them came");
if (came < SENT) console.log("fewer came than were sent");
sender.close();
