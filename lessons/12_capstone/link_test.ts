import { assertEquals, assertRejects } from "@std/assert";
import { FrameReader, writeFrame } from "@lessons/06_struct_framing/frame.ts";
import { isLost, Link } from "./link.ts";
import { Refusal } from "./store.ts";

/** A link, and the server's end of it, which sends these replies to the first request and hangs up. A text goes as it is. */
async function linkTo(
  ...replies: (object | string)[]
): Promise<{ link: Link; asked: Promise<unknown> }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const link = await Link.open({
    hostname: "127.0.0.1",
    port: listener.addr.port,
  });
  const conn = await listener.accept();
  const asked = (async () => {
    using end = conn;
    const payload = await new FrameReader(end).readFrame();
    for (const reply of replies) {
      const text = typeof reply === "string" ? reply : JSON.stringify(reply);
      await writeFrame(end, new TextEncoder().encode(text));
    }
    return JSON.parse(new TextDecoder().decode(payload ?? undefined));
  })();
  return { link, asked };
}

Deno.test("Link gives what the reply with its id has under ok", async () => {
  const event = { event: "promoted", course: "NET" };
  const { link: open, asked } = await linkTo(event, { id: "8", ok: 1 }, {
    id: "7",
    ok: 2,
  });
  using link = open;
  link.token = "t";
  const events: unknown[] = [];
  assertEquals(
    await link.ask({ id: "7", op: "ping" }, (one) => events.push(one)),
    2,
  );
  assertEquals(events, [event]);
  assertEquals(await asked, { id: "7", op: "ping", token: "t" });
});

Deno.test("Link passes over frames that are no replies", async () => {
  const { link: open, asked } = await linkTo("no JSON", "", "5", "null", {
    id: "7",
    ok: 2,
  });
  using link = open;
  assertEquals(await link.ask({ id: "7", op: "ping" }), 2);
  await asked;
});

Deno.test("Link throws an error of the reply as a refusal, and that is not lost", async () => {
  const { link: open, asked } = await linkTo({ id: "7", error: "no" });
  using link = open;
  const error = await assertRejects(() => link.ask({ id: "7" }), Refusal, "no");
  assertEquals(isLost(error), false);
  await asked;
});

Deno.test("Link says that a request is lost when the connection ends", async () => {
  const { link: open, asked } = await linkTo();
  using link = open;
  const error = await assertRejects(() => link.ask({ id: "7" }));
  assertEquals(isLost(error), true);
  await asked;
});

Deno.test("isLost() is true where there was no connection, and false of a bug", () => {
  assertEquals(isLost(new Deno.errors.ConnectionRefused()), true);
  assertEquals(isLost(new Deno.errors.ConnectionReset()), true);
  assertEquals(isLost(new TypeError("a bug")), false);
});
