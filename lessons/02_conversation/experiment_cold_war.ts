/**
 * Lesson 02, experiment: both sides wait for the other to speak.
 *
 *   deno run --allow-net=127.0.0.1 lessons/02_conversation/experiment_cold_war.ts
 */
using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const connecting = Deno.connect({ port: listener.addr.port });
using server = await listener.accept();
using client = await connecting;

const speak = async (conn: Deno.Conn, whose: string) => {
  console.log(`${whose}: I read first, then I write`);
  await conn.read(new Uint8Array(1024)); // waits until the other side has written
  console.log(`${whose}: my turn`);
};
speak(server, "server").catch(() => {}); // closing ends the read with an error, and that is fine
speak(client, "client").catch(() => {});

await new Promise((resolve) => setTimeout(resolve, 1000));
console.log("one second later, nobody has had a turn");
