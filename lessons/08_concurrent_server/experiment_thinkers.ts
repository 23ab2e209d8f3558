/**
 * Lesson 08, experiment: ten clients whose answers take 100 ms each.
 *
 *   deno run --allow-net=127.0.0.1 lessons/08_concurrent_server/experiment_thinkers.ts
 */
const CLIENTS = 10;
const THINKING_MS = 100;

console.log(`one after the other: ${await time(true)} ms`);
console.log(`side by side:        ${await time(false)} ms`);

/** How long a server takes for all clients. @param isOne Whether it awaits each before it accepts the next. */
async function time(isOne: boolean): Promise<number> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const start = performance.now();
  const clients = Array.from(
    { length: CLIENTS },
    () => ask(listener.addr.port),
  );
  for (let accepted = 0; accepted < CLIENTS; accepted++) {
    const served = answer(await listener.accept());
    if (isOne) await served;
  }
  await Promise.all(clients);
  return Math.round(performance.now() - start);
}

async function answer(conn: Deno.Conn): Promise<void> {
  using _conn = conn;
  await new Promise((resolve) => setTimeout(resolve, THINKING_MS)); // a database, say
  await conn.write(new TextEncoder().encode("done"));
}

async function ask(port: number): Promise<void> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.read(new Uint8Array(16));
}
