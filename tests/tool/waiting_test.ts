/**
 * What is in the system: written and not yet read, after each step.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { joinRecordings } from "../../course/wire/join.ts";
import { clip, columns, showBytes } from "../../course/wire/show.ts";
import { InSystem } from "../../course/wire/waiting.ts";
import { Log, recordingsOf } from "./handwritten.ts";
import { sticky } from "./viewer_pages.ts";

/** What is in the system after each step that changes it: `write: →1 one (3 and 0)`. */
function changes(...logs: readonly Log[]): string[] {
  const told: string[] = [];
  const inSystem = new InSystem();
  let before = " (0 and 0)";
  for (const step of joinRecordings(recordingsOf(...logs)).steps) {
    inSystem.follow(step);
    const chunks = inSystem.first().map(({ mark, bytes, side }) =>
      `${side === "client" ? "→" : "←"}${mark} ${showBytes(bytes ?? NOTHING)}`
    );
    const { client, server } = inSystem.bytes;
    const now = `${chunks.join(", ")} (${client} and ${server})`;
    if (now !== before) told.push(`${step.kind}: ${now}`);
    before = now;
  }
  return told;
}

const NOTHING = new Uint8Array();

Deno.test("bytes are in the system when they are written, until they are read", () => {
  assertEquals(changes(...sticky()), [
    "write: →1 one (3 and 0)",
    "write: →1 one, →2 two (6 and 0)",
    "write: →1 one, →2 two, →3 three (11 and 0)",
    "read: →3 ree (3 and 0)",
    "read:  (0 and 0)",
  ]);
});

Deno.test("bytes of both directions are in the system when both sides have written", () => {
  const client = new Log("client").connect().write("ping", 1).wait(5);
  const server = new Log("server").listen().accept().write("pong", 2).wait(9);
  client.read("pong", 1);
  server.read("ping", 2);
  assertEquals(changes(client, server).slice(-3), [
    "write: →1 ping, ←2 pong (4 and 4)",
    "read: →1 ping (4 and 0)",
    "read:  (0 and 0)",
  ]);
});

Deno.test("unread bytes are gone from the system when their reader closes, or ends", () => {
  const closing = new Log("server").listen().accept().wait(9)
    .start("close", { socket: 2 }).end();
  const ending = new Log("server").listen().accept().wait(9)
    .line("exit", { code: 1, signal: null });
  for (const [server, kind] of [[closing, "close"], [ending, "end"]] as const) {
    const client = new Log("client").connect().write("lost", 1);
    assertEquals(changes(client, server), [
      "write: →1 lost (4 and 0)",
      `${kind}:  (0 and 0)`,
    ]);
  }
});

Deno.test("a datagram is in the system when it will be received, an empty one too, and one that is lost is not", () => {
  const to = "127.0.0.1:8004";
  const from = "127.0.0.1:5000";
  const client = new Log("client").bind(from)
    .send("long one", to).send("", to).send("lost", to);
  const server = new Log("server").bind(to).wait(9)
    .receive("long", from, 4).receive("", from)
    .line("exit", { code: 0, signal: null });
  assertEquals(changes(client, server), [
    "send: →1 long one (8 and 0)",
    "send: →1 long one, →2  (8 and 0)",
    "receive: →2  (0 and 0)",
    "receive:  (0 and 0)",
  ]);
});

Deno.test("nothing is said to be in the system when the reader is not recorded", () => {
  const client = new Log("client").connect().write("where?", 1);
  assertEquals(changes(client), []);
});

Deno.test("clip() never cuts inside of a byte, and closes what it opened", () => {
  const shown = showBytes(Uint8Array.from([65, 0, 1, 2, 3]));
  assertEquals(shown, "A‹00 01 02 03›");
  const clipped = Array.from(
    { length: columns(shown) + 1 },
    (_, most) => clip(shown, most),
  );
  assertEquals(
    new Set(clipped),
    new Set(["", "…", "A…", "A‹00 …›", "A‹00 01 …›", "A‹00 01 02 …›", shown]),
  );
  for (const [most, text] of clipped.entries()) {
    assert(columns(text) <= most, text);
  }
});
