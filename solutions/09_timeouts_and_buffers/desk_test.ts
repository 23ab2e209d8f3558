import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { Desk, type Limits } from "./desk.ts";

const LIMITS: Limits = { jobs: 2, idle: 60_000, stall: 60_000 };

/** A client, and the desk that serves it. */
async function meet(limits: Partial<Limits> = {}) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = await Deno.connect({ port: listener.addr.port });
  const conn = await listener.accept();
  const desk = new Desk(conn, { ...LIMITS, ...limits });
  const done = desk.serve().finally(() => conn.close());
  const lines = readLines(client);
  return {
    desk,
    done,
    say: (text: string) => writeAll(client, new TextEncoder().encode(text)),
    hears: async () => (await lines.next()).value,
    leaves: () => client.closeWrite(),
    [Symbol.dispose]: () => client.close(),
  };
}

Deno.test("Desk answers each job when it is done, and all before the end", async () => {
  using client = await meet();
  await client.say("1 60 slow\n007 0 fast\nping\n");
  assertEquals(await client.hears(), "pong");
  assertEquals(await client.hears(), "007 FAST");
  await client.leaves();
  assertEquals(await client.hears(), "1 SLOW");
  assertEquals(await client.hears(), undefined);
  await client.done;
});

Deno.test("Desk says why a line is no job, with its id where it has one", async () => {
  using client = await meet();
  await client.say("1 60001 x\n1234567890 1 x\nPING\n");
  const why = "error: want <id> <ms> <text>, with 0 to 60000 ms";
  assertEquals(await client.hears(), `1 ${why}`);
  assertEquals(await client.hears(), why);
  assertEquals(await client.hears(), why);
  await client.leaves();
  await client.done;
});

Deno.test("Desk takes no further job while as many run as may", async () => {
  using client = await meet();
  await client.say("1 40 a\n2 80 b\n3 0 c\nping\n");
  const heard = [];
  for (let i = 0; i < 4; i++) heard.push(await client.hears());
  assertEquals(heard[0], "1 A");
  assertEquals(heard.toSorted(), ["1 A", "2 B", "3 C", "pong"]);
  await client.leaves();
  await client.done;
});

Deno.test("Desk lets go who says no whole line, and not while a job runs", async () => {
  using client = await meet({ idle: 50 });
  const start = performance.now();
  await client.say("1 80 x\nand half a li");
  assertEquals(await client.hears(), "1 X");
  assertEquals(await client.hears(), "error: idle for 50 ms");
  assert(performance.now() - start >= 129);
  await client.done;
});

Deno.test("Desk cuts off who takes nothing of its answers", async () => {
  using client = await meet({ stall: 50, jobs: 16 });
  const start = performance.now();
  const text = "x".repeat(60_000);
  const saying = (async () => {
    while (true) await client.say(`1 0 ${text}\n`); // until it is cut off
  })();
  await client.done;
  assert(performance.now() - start >= 49);
  await assertRejects(() => saying);
});

Deno.test("Desk finishes what runs when it drains, and takes nothing more", async () => {
  using client = await meet();
  await client.say("1 50 x\nping\n");
  assertEquals(await client.hears(), "pong");
  client.desk.drain();
  await client.say("2 0 y\n");
  assertEquals(await client.hears(), "1 X");
  assertEquals(await client.hears(), undefined);
  await client.done;
});
