import { assertEquals, assertRejects } from "@std/assert";
import { connect } from "node:net";
import { acceptNext } from "./accept_next.ts";

const hostname = "127.0.0.1";

Deno.test({
  name: "acceptNext() passes over a client that broke off in the queue",
  ignore: Deno.build.os !== "linux", // elsewhere such a client may still be accepted
  async fn() {
    using listener = Deno.listen({ hostname, port: 0 });
    const { port } = listener.addr;
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const broken = connect(port, hostname, resolve);
    broken.once("close", () => close());
    await connected;
    broken.resetAndDestroy();
    await closed;

    const { log } = console;
    const lines: unknown[] = [];
    console.log = (line: unknown) => lines.push(line);
    try {
      using client = await Deno.connect({ hostname, port });
      using conn = await acceptNext(listener);
      assertEquals(conn.remoteAddr, client.localAddr);
    } finally {
      console.log = log;
    }
    assertEquals(lines, [
      "a client was gone before it was accepted (not connected)",
    ]);
  },
});

/** Has accept fail in these ways, one after another. @returns What was printed, and how many pauses were made. */
async function acceptAfter(
  ...failures: readonly Error[]
): Promise<{ lines: number; pauses: number }> {
  using listener = Deno.listen({ hostname, port: 0 });
  const { accept } = listener;
  const left = [...failures];
  listener.accept = () => {
    const failure = left.shift();
    return failure ? Promise.reject(failure) : accept.call(listener);
  };
  const { log } = console;
  const { setTimeout } = globalThis;
  let lines = 0;
  let pauses = 0;
  console.log = () => lines++;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply(target, self, given) {
      pauses++;
      return Reflect.apply(target, self, given);
    },
  });
  try {
    using client = await Deno.connect({ hostname, port: listener.addr.port });
    using conn = await acceptNext(listener);
    assertEquals(conn.remoteAddr, client.localAddr);
  } finally {
    console.log = log;
    globalThis.setTimeout = setTimeout;
  }
  return { lines, pauses };
}

Deno.test("acceptNext() lets nobody wait for clients that are gone", async () => {
  const gone = Array.from(
    { length: 400 },
    () => new Deno.errors.NotConnected("Transport endpoint is not connected"),
  );
  assertEquals(await acceptAfter(...gone), { lines: 400, pauses: 0 });
});

Deno.test("acceptNext() pauses where the system has no room, and says so once", async () => {
  const full = () => new Error("Too many open files (os error 24)");
  const gone = new Deno.errors.NotConnected();
  assertEquals(
    await acceptAfter(full(), full(), gone, full()),
    { lines: 2, pauses: 3 },
  );
});

Deno.test("acceptNext() rejects when the listener is closed", async () => {
  const listener = Deno.listen({ hostname, port: 0 });
  const next = acceptNext(listener);
  listener.close();
  await assertRejects(() => next, Deno.errors.BadResource);
});
