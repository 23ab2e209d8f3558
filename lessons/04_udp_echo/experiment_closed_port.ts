/**
 * Lesson 04, experiment: knocking at a door behind which nobody lives, with TCP and with UDP.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_closed_port.ts
 */
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8004 }, async ({ address }) => {
  try {
    using _conn = await Deno.connect(address);
    console.log("TCP: connected");
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    console.log("TCP: connection refused");
  }

  const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
  const socket = Deno.listenDatagram(own);
  const hello = new TextEncoder().encode("hello");
  const count = await socket.send(hello, { ...address, transport: "udp" });
  console.log(`UDP: sent ${count} bytes`);

  setTimeout(() => socket.close(), 500);
  for await (const _ of socket) console.log("UDP: an answer"); // ends when the socket is closed
  console.log("UDP: half a second later, nothing else");
});
