import { assertEquals } from "@std/assert";
import { chat } from "./chat.ts";

Deno.test("chat() ends when the peer says q, and leaves the connection open", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connecting = Deno.connect({ port: listener.addr.port });
  using ours = await listener.accept();
  using theirs = await connecting;
  await theirs.write(new TextEncoder().encode("q"));
  await chat(ours, nobodyTypes());
  assertEquals(await ours.write(new Uint8Array(3)), 3);
});

/** A keyboard at which nobody ever presses Enter. */
async function* nobodyTypes(): AsyncGenerator<string> {
  yield await new Promise<string>(() => {});
}
