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

Deno.test("acceptNext() rejects when the listener is closed", async () => {
  const listener = Deno.listen({ hostname, port: 0 });
  const next = acceptNext(listener);
  listener.close();
  await assertRejects(() => next, Deno.errors.BadResource);
});
