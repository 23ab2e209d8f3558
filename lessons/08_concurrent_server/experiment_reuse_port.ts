/**
 * Lesson 08, experiment: two listeners on one port, and the system chooses. On Linux.
 *
 *   deno run --unstable-net --allow-net=127.0.0.1 lessons/08_concurrent_server/experiment_reuse_port.ts
 */
const CLIENTS = 200;

const counts = [0, 0];
using first = Deno.listen({ hostname: "127.0.0.1", port: 0, reusePort: true });
const { port } = first.addr;
using second = Deno.listen({ hostname: "127.0.0.1", port, reusePort: true });
count(first, 0);
count(second, 1);

for (let i = 0; i < CLIENTS; i++) {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.read(new Uint8Array(1)); // somebody has accepted it
}
console.log(
  `the first listener got ${counts[0]} clients, the second ${counts[1]}`,
);

/** Accepts, counts and hangs up. */
async function count(listener: Deno.TcpListener, i: number): Promise<void> {
  for await (const conn of listener) {
    counts[i] = (counts[i] ?? 0) + 1;
    conn.close();
  }
}
