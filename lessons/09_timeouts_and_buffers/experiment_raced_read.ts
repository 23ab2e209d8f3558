/**
 * Lesson 09, experiment: a read that is not waited for any more.
 *
 *   deno run --allow-net=127.0.0.1 lessons/09_timeouts_and_buffers/experiment_raced_read.ts
 */
console.log("a new read each time:");
await listen((conn) => () => read(conn));

console.log("the read that is under way:");
await listen((conn) => {
  let pending: Promise<string> | undefined;
  return () => pending ??= read(conn).finally(() => pending = undefined);
});

/** Waits 20 ms for a word, in vain, and later for two words that come. */
async function listen(
  reader: (conn: Deno.Conn) => () => Promise<string>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using server = await Deno.connect({ port: listener.addr.port });
  using conn = await listener.accept();
  const next = reader(conn);
  const wait = async () => {
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve("nothing, and I gave up"), 20)
    );
    const word = next();
    word.catch(() => {}); // closed below
    console.log(`  got ${await Promise.race([word, late])}`);
  };

  await wait();
  for (const word of ["one", "two"]) {
    await server.write(new TextEncoder().encode(word));
    await wait();
  }
}

async function read(conn: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(1024);
  const count = await conn.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, count ?? 0));
}
