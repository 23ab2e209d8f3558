/**
 * Lesson 00, experiment: what names a connection.
 *
 *   deno run --allow-net=127.0.0.1 lessons/00_orientation/experiment_names.ts
 */
const name = ({ hostname, port }: Deno.NetAddr) => `${hostname}:${port}`;

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const { port } = listener.addr;

for (const number of [1, 2]) {
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  using server = await listener.accept();
  console.log(`connection ${number}`);
  for (const [side, conn] of Object.entries({ client, server })) {
    console.log(
      `  the ${side}: here ${name(conn.localAddr)}, there ${
        name(conn.remoteAddr)
      }`,
    );
  }
}
