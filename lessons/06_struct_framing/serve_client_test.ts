import { assertEquals, assertRejects } from "@std/assert";
import { formatAddress } from "@lessons/program.ts";
import { serveClient } from "./serve_client.ts";

/** A connection, both ends. */
async function connected(): Promise<[server: Deno.Conn, client: Deno.Conn]> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = Deno.connect({
    hostname: "127.0.0.1",
    port: listener.addr.port,
  });
  return [await listener.accept(), await client];
}

async function endsAt(client: Deno.Conn): Promise<void> {
  assertEquals(await client.read(new Uint8Array(8)), null);
  client.close();
}

Deno.test("serveClient() closes the connection when all is said", async () => {
  const [server, client] = await connected();
  await serveClient(server, async (conn) => {
    await conn.write(new TextEncoder().encode("hi"));
  });
  assertEquals(await client.read(new Uint8Array(8)), 2);
  await endsAt(client);
});

Deno.test("serveClient() survives an error from outside, and closes", async () => {
  const [server, client] = await connected();
  const told: unknown[] = [];
  const inWords = (error: unknown, about: string) => {
    told.push([error instanceof Deno.errors.BrokenPipe, about]);
    return "a line";
  };
  await serveClient(
    server,
    () => Promise.reject(new Deno.errors.BrokenPipe("gone")),
    inWords,
  );
  assertEquals(told, [[true, formatAddress(client.localAddr)]]);
  await endsAt(client);
});

Deno.test("serveClient() passes a bug on, and closes", async () => {
  const [server, client] = await connected();
  const bug = () => Promise.reject(new TypeError("a bug"));
  await assertRejects(() => serveClient(server, bug), TypeError, "a bug");
  await endsAt(client);
});
