/**
 * Lesson 04, experiment: a socket at one address, and a socket at all of them.
 *
 *   deno run --allow-net=127.0.0.1,127.0.0.2,0.0.0.0 lessons/04_udp_echo/experiment_all_addresses.ts
 */
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8004 }, async ({ address: { port } }) => {
  const transport = "udp";
  const sender = Deno.listenDatagram({
    hostname: "127.0.0.1",
    port: 0,
    transport,
  });

  for (const hostname of ["127.0.0.1", "0.0.0.0"]) {
    const receiver = Deno.listenDatagram({ hostname, port, transport });
    for (const to of ["127.0.0.1", "127.0.0.2"]) {
      const text = new TextEncoder().encode(`sent to ${to}`);
      await sender.send(text, { hostname: to, port, transport });
    }

    console.log(`the socket at ${hostname} hears:`);
    setTimeout(() => receiver.close(), 300);
    for await (const [bytes] of receiver) {
      console.log(`  ${new TextDecoder().decode(bytes)}`);
    }
  }
  sender.close();
});
