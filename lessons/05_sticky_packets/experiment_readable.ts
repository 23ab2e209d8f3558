/**
 * Lesson 05, experiment: the last answer after a half-close, read with `conn.read` and with `conn.readable`.
 *
 *   deno run --allow-net=127.0.0.1 lessons/05_sticky_packets/experiment_readable.ts
 */
const QUESTION = new TextEncoder().encode("hello");

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });

console.log("the server reads with conn.read:");
await ask(async (server) => {
  const buffer = new Uint8Array(1024);
  while (await server.read(buffer) !== null);
});

console.log("the server reads with conn.readable:");
await ask(async (server) => {
  for await (const _bytes of server.readable);
});

/** A client half-closes after its question; the server answers at the end of the stream. */
async function ask(
  readAll: (server: Deno.TcpConn) => Promise<void>,
): Promise<void> {
  const connecting = Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  using client = await connecting;

  await client.write(QUESTION);
  await client.closeWrite();

  await readAll(server);
  try {
    await server.write(QUESTION);
    await server.closeWrite();
    console.log("  it answers");
  } catch (error) {
    console.log(`  it cannot answer: ${error}`);
  }

  const count = await client.read(new Uint8Array(1024));
  console.log(`  the client reads ${count}`);
}
