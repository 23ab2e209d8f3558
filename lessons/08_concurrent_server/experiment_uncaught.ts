/**
 * Lesson 08, experiment: a client breaks off, and its task catches nothing.
 *
 *   deno run --allow-net=127.0.0.1 lessons/08_concurrent_server/experiment_uncaught.ts
 */
import { connect, type Socket } from "node:net"; // Deno's own connections cannot be told to reset

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });

console.log("a task with catch:");
await serve().catch((error) => console.log(`  ${error.name}, and we go on`));

console.log("a task without:");
const { promise: isTold, resolve: tell } = Promise.withResolvers<void>();
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault(); // otherwise nobody could tell you
  console.log(`  ${event.reason.name}: here the whole server ends`);
  tell();
});
serve(); // not awaited, and not caught
await isTold;

/** Serves a client that breaks off. */
async function serve(): Promise<void> {
  const client = await crashingClient();
  using conn = await listener.accept();
  client.resetAndDestroy();
  await conn.read(new Uint8Array(16));
}

async function crashingClient(): Promise<Socket> {
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const socket = connect(listener.addr.port, "127.0.0.1", resolve);
  await connected;
  return socket;
}
