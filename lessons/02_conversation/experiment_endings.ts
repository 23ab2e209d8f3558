/**
 * Lesson 02, experiment: what you see when the peer ends, in three ways.
 *
 *   deno run --allow-net=127.0.0.1 lessons/02_conversation/experiment_endings.ts
 */
import { connect, type Socket } from "node:net"; // Deno's own connections cannot be told to reset

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });

{
  console.log("the peer closes, and you read:");
  const { conn, peer } = await meet();
  peer.end();
  await tell("read", () => conn.read(new Uint8Array(16)));
  await tell("read", () => conn.read(new Uint8Array(16)));
  conn.close();
}
{
  console.log("the peer closes, and you write on:");
  const { conn, peer } = await meet();
  peer.destroy();
  await conn.read(new Uint8Array(16)); // null: the close has arrived
  await tell("write", () => conn.write(new Uint8Array(5)));
  await tell("write", () => conn.write(new Uint8Array(5)));
  conn.close();
}
{
  console.log("the peer breaks off, and you read:");
  const { conn, peer } = await meet();
  peer.resetAndDestroy();
  await tell("read", () => conn.read(new Uint8Array(16)));
  await tell("read", () => conn.read(new Uint8Array(16)));
  conn.close();
}

/** Two ends of a new connection: ours, and the peer's. */
async function meet(): Promise<{ conn: Deno.Conn; peer: Socket }> {
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const peer = connect(listener.addr.port, "127.0.0.1", resolve);
  const conn = await listener.accept();
  await connected;
  return { conn, peer };
}

/** Prints what a call gives or throws. */
async function tell(name: string, call: () => Promise<number | null>) {
  try {
    console.log(`  ${name} gives ${await call()}`);
  } catch (error) {
    console.log(`  ${name} throws ${error instanceof Error && error.name}`);
  }
}
