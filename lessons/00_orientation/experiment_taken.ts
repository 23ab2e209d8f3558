/**
 * Lesson 00, experiment: one address, one port, one transport, one program.
 *
 *   deno run --allow-net=127.0.0.1 lessons/00_orientation/experiment_taken.ts
 */
const hostname = "127.0.0.1";

console.log(`process ${Deno.pid}`);

using listener = Deno.listen({ hostname, port: 0 });
const { port } = listener.addr;
console.log(`TCP port ${port}: ours`);

try {
  using second = Deno.listen({ hostname, port });
  console.log(`TCP port ${second.addr.port}: ours again`);
} catch (error) {
  if (!(error instanceof Deno.errors.AddrInUse)) throw error;
  console.log(`TCP port ${port} once more: ${error.name}`);
}

const socket = Deno.listenDatagram({ transport: "udp", hostname, port });
console.log(`UDP port ${port}: ours, too`);
socket.close();
