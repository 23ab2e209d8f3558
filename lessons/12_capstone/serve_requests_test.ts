import { assertEquals, assertRejects } from "@std/assert";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { serveRequests } from "./serve_requests.ts";
import { Service } from "./service.ts";
import { SqliteStore } from "./sqlite_store.ts";

Deno.test("serveRequests() answers each frame, also one that is no JSON, until the client leaves", async () => {
  const store = new SqliteStore(":memory:", () => ({ reply: { error: "no" } }));
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  const serving = serveRequests(server, new Service(store, 2));
  const replies = new FrameReader(client);
  const ask = async (text: string) => {
    await writeFrame(client, new TextEncoder().encode(text));
    return JSON.parse(
      new TextDecoder().decode(await replies.readFrame() ?? undefined),
    );
  };
  assertEquals((await ask("hello")).id, null);
  assertEquals(await ask('{"id":"1","op":"ping"}'), { id: "1", ok: "pong" });
  client.close();
  await serving;
  await store.close();
});

Deno.test("serveRequests() gives up a client with a frame that is too long", async () => {
  const store = new SqliteStore(":memory:", () => ({ reply: { error: "no" } }));
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ port: listener.addr.port });
  using server = await listener.accept();
  const serving = serveRequests(server, new Service(store, 2));
  await client.write(new Uint8Array([1, 0, 1, 0]));
  await assertRejects(() => serving, Error, "frame of 65537 bytes");
  await store.close();
});
