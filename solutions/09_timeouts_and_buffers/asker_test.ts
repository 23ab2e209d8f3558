import { assert, assertEquals, assertRejects } from "@std/assert";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";
import { Asker, type Effort, NoAnswerError } from "./asker.ts";

const EFFORT: Effort = { timeout: 60_000, tries: 3, heartbeat: 0 };

/** An asker, and a server that does this with each request that comes, on each connection. */
function meet(
  effort: Partial<Effort>,
  serve: (request: string, conn: Deno.Conn, count: number) => string | void,
) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  const conns: Deno.Conn[] = [];
  const asked: { at: number; request: string }[] = [];
  const talk = async (conn: Deno.Conn) => {
    for await (const request of readLines(conn)) {
      asked.push({ at: performance.now(), request });
      const answer = serve(request, conn, asked.length);
      if (answer) await conn.write(new TextEncoder().encode(`${answer}\n`));
    }
  };
  const serving = (async () => {
    for await (const conn of listener) {
      conns.push(conn);
      talk(conn).catch(() => {}); // closed by serve()
    }
  })();
  const asker = new Asker({ hostname, port }, { ...EFFORT, ...effort });
  return {
    asker,
    asked,
    address: `${hostname}:${port}`,
    async [Symbol.asyncDispose]() {
      asker.close();
      for (const conn of conns) conn[Symbol.dispose]();
      listener.close();
      await serving;
    },
  };
}

Deno.test("Asker gets one answer after another over one connection", async () => {
  await using server = meet({}, (request) => request.toUpperCase());
  assertEquals(await server.asker.ask(1, "a"), "A");
  assertEquals(await server.asker.ask(2, "b"), "B");
});

Deno.test("Asker gives up when the time is up, and asks once", async () => {
  await using server = meet(
    { timeout: 40 },
    (request) => request.startsWith("1 ") ? undefined : "1 LATE\n2 B",
  );
  const start = performance.now();
  await assertRejects(
    () => server.asker.ask(1, "a"),
    NoAnswerError,
    `no answer to line 1 from ${server.address} within 40 ms`,
  );
  assert(performance.now() - start >= 39);
  assertEquals(await server.asker.ask(2, "b"), "B");
  assertEquals(server.asked.map(({ request }) => request), ["1 a", "2 b"]);
});

Deno.test("Asker tries again with growing pauses, so often and no more", async () => {
  await using server = meet({}, (_request, conn) => conn.close());
  await assertRejects(
    () => server.asker.ask(1, "a"),
    NoAnswerError,
    `no answer to line 1 from ${server.address} after 3 tries`,
  );
  const [first = NaN, second = NaN, third = NaN] = server.asked.map(({ at }) =>
    at
  );
  assertEquals(server.asked.length, 3);
  assert(second - first >= 49, `${second - first}`);
  assert(third - second >= 99, `${third - second}`);
});

Deno.test("Asker tells the server's reason", async () => {
  await using server = meet({}, () => "1 error: why not");
  await assertRejects(
    () => server.asker.ask(1, "a"),
    NoAnswerError,
    "line 1: why not",
  );
  assertEquals(server.asked.length, 1);
});
