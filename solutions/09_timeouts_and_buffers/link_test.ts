import { assertEquals, assertRejects } from "@std/assert";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { Link, LostError } from "./link.ts";

/** A link, and its server's end. */
async function meet(heartbeat?: number) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const link = new Link(
    await Deno.connect({ port: listener.addr.port }),
    heartbeat,
  );
  const conn = await listener.accept();
  const lines = readLines(conn);
  return {
    link,
    conn,
    hears: async () => (await lines.next()).value,
    say: (text: string) => conn.write(new TextEncoder().encode(text)),
    [Symbol.dispose]() {
      link.close();
      conn[Symbol.dispose]();
    },
  };
}

Deno.test("Link gives the answer with its own id, and no other", async () => {
  using server = await meet();
  const asked = server.link.ask(2, "0 two");
  assertEquals(await server.hears(), "2 0 two");
  await server.say("1 ONE\npong\n22 X\n2 TWO\n");
  assertEquals(await asked, "TWO");
});

Deno.test("Link is lost when the other side ends it", async () => {
  using server = await meet();
  const asked = server.link.ask(1, "0 one");
  await server.hears();
  server.conn.close();
  await assertRejects(() => asked, LostError);
  await assertRejects(() => server.link.ask(2, "0 two"), LostError);
});

Deno.test("Link pings while it waits, and takes three silent ones for death", async () => {
  using server = await meet(15);
  const asked = server.link.ask(1, "0 one");
  asked.catch(() => {}); // looked at below
  assertEquals(await server.hears(), "1 0 one");
  for (let i = 0; i < 2; i++) assertEquals(await server.hears(), "ping");
  await server.say("pong\n");
  let pings = 0;
  while (await server.hears() === "ping") pings++;
  assertEquals(pings === 3 || pings === 4, true, `${pings}`); // one may have been on its way
  await assertRejects(() => asked, LostError);
});

Deno.test("Link with pongs is alive, however long the answer takes", async () => {
  using server = await meet(5);
  const asked = server.link.ask(1, "0 one");
  assertEquals(await server.hears(), "1 0 one");
  for (let i = 0; i < 8; i++) {
    assertEquals(await server.hears(), "ping");
    await server.say("pong\n");
  }
  await server.say("1 ONE\n");
  assertEquals(await asked, "ONE");
});
