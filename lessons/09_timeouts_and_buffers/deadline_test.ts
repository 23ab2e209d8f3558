import { assert, assertEquals, assertRejects } from "@std/assert";
import { connectWithin, DeadlineError, within } from "./deadline.ts";

/** Remembers whether it was closed. */
class Held {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

Deno.test("within() gives what comes in time, closes nothing and leaves no timer", async () => {
  const held = new Held();
  assertEquals(
    await within(60_000, "answer", held, Promise.resolve("one")),
    "one",
  );
  assertEquals(held.isClosed, false);
});

Deno.test("within() throws what the work throws", async () => {
  const held = new Held();
  const work = Promise.reject(new Deno.errors.ConnectionReset("gone"));
  await assertRejects(
    () => within(60_000, "answer", held, work),
    Deno.errors.ConnectionReset,
  );
  assertEquals(held.isClosed, false);
});

Deno.test("within() says what was waited for and how long, and not before", async () => {
  const held = new Held();
  const never = new Promise<void>(() => {});
  const start = performance.now();
  const error = await assertRejects(
    () => within(30, "answer to line 3", held, never),
    DeadlineError,
    "no answer to line 3 within 30 ms",
  );
  assert(performance.now() - start >= 29);
  assertEquals([error.what, error.ms], ["answer to line 3", 30]);
  assert(held.isClosed);
});

Deno.test("within() ends a read, whose bytes nobody would get", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  const read = client.read(new Uint8Array(10));
  await assertRejects(() => within(10, "answer", client, read), DeadlineError);
  await assertRejects(() => read, Deno.errors.Interrupted);
  assertEquals(await server.read(new Uint8Array(1)), null); // it is closed on the wire
});

Deno.test("connectWithin() connects, and leaves no timer", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  using client = await connectWithin(60_000, { hostname, port });
  using server = await listener.accept();
  assertEquals(client.localAddr.port, server.remoteAddr.port);
});

Deno.test("connectWithin() throws what connect throws", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  listener.close();
  await assertRejects(
    () => connectWithin(60_000, { hostname, port }),
    Deno.errors.ConnectionRefused,
  );
});

Deno.test({
  name: "connectWithin() gives up on a full queue",
  ignore: Deno.build.os !== "linux", // elsewhere the queue is longer than one asks for
  async fn() {
    using listener = Deno.listen({
      hostname: "127.0.0.1",
      port: 0,
      tcpBacklog: 0,
    });
    const { hostname, port } = listener.addr;
    using _first = await Deno.connect({ hostname, port });
    await assertRejects(
      () => connectWithin(30, { hostname, port }),
      DeadlineError,
      "no connection within 30 ms",
    );
  },
});
