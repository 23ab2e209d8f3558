/**
 * Lesson 03, experiment: clients that a service has to survive. Start the
 * lesson's server first.
 *
 *   deno run --allow-net=127.0.0.1 lessons/03_connection_loop/experiment_rude_clients.ts
 */
import { connect, type Socket } from "node:net"; // Deno's own connections cannot be told to reset
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8003 }, async ({ address }) => {
  const silent = await meet();
  silent.end();
  console.log("the first one left without a word");

  const crashing = await meet();
  await ask(crashing, "hello");
  crashing.resetAndDestroy();
  console.log("the second one broke off in the middle");

  const talking = await meet();
  await ask(talking, "hello");
  const waiting = await meet(); // in the queue, behind the one that talks
  waiting.resetAndDestroy();
  talking.end();
  console.log("the fourth one broke off in the queue, behind the third");

  const good = await meet();
  console.log(`the fifth one got ${await ask(good, "hello")}`);
  good.end();

  /** A client that is connected. */
  async function meet(): Promise<Socket> {
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const socket = connect(address.port, address.hostname, resolve);
    await connected;
    return socket;
  }
});

/** Sends one message and waits for the answer. */
async function ask(socket: Socket, text: string): Promise<string> {
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  socket.once("data", (bytes) => resolve(bytes.toString()));
  socket.write(text);
  return await answer;
}
