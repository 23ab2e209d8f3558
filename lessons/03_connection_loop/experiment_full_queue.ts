/**
 * Lesson 03, experiment: a listener that never accepts, and a queue that is full.
 *
 *   deno run --allow-net=127.0.0.1 lessons/03_connection_loop/experiment_full_queue.ts
 */
using listener = Deno.listen({
  hostname: "127.0.0.1",
  port: 0,
  tcpBacklog: 1, // Python's listen(1)
});

for (const number of [1, 2, 3]) {
  try {
    const conn = await Deno.connect({
      port: listener.addr.port,
      signal: AbortSignal.timeout(500),
    });
    console.log(`client ${number}: connected`);
    conn.unref(); // it stays open until the program ends
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    console.log(`client ${number}: ${error.name} after half a second`);
  }
}
