/**
 * Lesson 05, the experiment's reader, which runs as a worker: a thread of its
 * own. It tells its port, and then how many reads each connection took.
 */
declare const self: { postMessage(message: number): void };

using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
self.postMessage(listener.addr.port);

while (true) {
  using conn = await listener.accept();
  const buffer = new Uint8Array(1024);
  let reads = 0;
  while (await conn.read(buffer) !== null) reads++;
  self.postMessage(reads);
}
