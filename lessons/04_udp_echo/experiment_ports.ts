/**
 * Lesson 04, experiment: the port that nobody chose.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/experiment_ports.ts
 */
import { formatAddress } from "@lessons/program.ts";

const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
const server = Deno.listenDatagram(own);

for (const name of ["one", "two", "three"]) {
  const client = Deno.listenDatagram(own);
  console.log(`client ${name} is at ${formatAddress(client.addr)}`);

  await client.send(new TextEncoder().encode(name), server.addr);
  const [bytes, sender] = await server.receive();
  const text = new TextDecoder().decode(bytes);
  console.log(`the server got "${text}" from ${formatAddress(sender)}`);
  client.close();
}
server.close();
