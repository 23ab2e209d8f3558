import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { toBytes } from "./bytes.ts";
import { end } from "./expectations/end.ts";
import { Failure } from "./failure.ts";
import { IN_VAIN_MS, untold } from "./fixtures/untold.ts";
import { TcpPeer } from "./tcp_peer.ts";
import type { Wire } from "./wire.ts";

/** A wire that gives these chunks and then what `end` says. */
class FakeWire implements Wire {
  readonly address = "127.0.0.1:1";
  isOpen = true;
  readonly #chunks: Uint8Array[];

  constructor(chunks: string[], readonly end: "closed" | "reset" | "open") {
    this.#chunks = chunks.map((chunk) => toBytes(chunk));
  }

  read(): Promise<Uint8Array | null> {
    const chunk = this.#chunks.shift();
    if (chunk) return Promise.resolve(chunk);
    if (this.end === "closed") return Promise.resolve(null);
    if (this.end === "reset") {
      return Promise.reject(new Deno.errors.ConnectionReset("reset"));
    }
    return new Promise(() => {});
  }

  write(): Promise<void> {
    return Promise.reject(new Deno.errors.BrokenPipe("gone"));
  }
  closeWrite = () => Promise.resolve();
  reset = () => Promise.resolve();
  close() {}
}

function peer(chunks: string[], end: FakeWire["end"]): TcpPeer {
  const wire = new FakeWire(chunks, end);
  // Only of an open one is something waited for, in vain.
  const scene = end === "open" ? untold(IN_VAIN_MS) : untold();
  return new TcpPeer(scene, wire, "your server", "the client");
}

async function failureOf(act: Promise<void>): Promise<string> {
  return (await assertRejects(() => act, Failure)).message;
}

Deno.test("a peer puts chunks together and keeps what is left over", async () => {
  const client = peer(["he", "llo wor", "ld"], "closed");
  await client.gets("hello ");
  await client.gets("world");
  await client.gets(end());
});

Deno.test("a peer tells wrong bytes from an early end, a reset and silence", async () => {
  assertEquals(
    await failureOf(peer(["help", "less"], "closed").gets("hello")),
    'your server sent "helpless" (8 bytes); it was expected to send "hello" (5 bytes)',
  );
  assertEquals(
    await failureOf(peer(["he"], "closed").gets("hello")),
    'your server closed the connection after 2 bytes of 5; it was expected to send "hello" (5 bytes)',
  );
  assertStringIncludes(
    await failureOf(peer(["he"], "reset").gets("hello")),
    "your server broke the connection off (a reset) after 2 bytes of 5",
  );
  assertEquals(
    await failureOf(peer([], "open").gets("hello")),
    'your server sent nothing for 0.05 s; it was expected to send "hello" (5 bytes); the client had sent nothing',
  );
});

Deno.test("a peer that waits for the end rejects bytes, a reset and an open connection", async () => {
  assertStringIncludes(
    await failureOf(peer(["more"], "closed").gets(end())),
    'your server sent "more" (4 bytes) when it was expected to close',
  );
  assertStringIncludes(
    await failureOf(peer([], "reset").gets(end())),
    "a reset",
  );
  assertEquals(
    await failureOf(peer([], "open").gets(end())),
    "your server kept the connection open for 0.05 s; it was expected to close the connection",
  );
});

Deno.test("a peer says what it was sending when the other side had gone", async () => {
  assertEquals(
    await failureOf(peer([], "closed").sends("hi")),
    'your server had closed the connection when the client was sending "hi" (2 bytes)',
  );
  await peer([], "closed").offers("hi"); // the steps that follow judge it
});

Deno.test("a peer answers chunk by chunk, and tells an end from a reset and silence", async () => {
  const nothing = () => new Uint8Array();
  const answers = (end: FakeWire["end"]) =>
    peer(["hello"], end).answers("answers", nothing);
  assertStringIncludes(
    await failureOf(answers("closed")),
    "your server broke the connection off, after 5 bytes from it",
    "it does not take the answer",
  );
  const silent = peer([], "open").answers("answers", nothing);
  assertEquals(
    await failureOf(silent),
    "your server neither sent nor took bytes for 0.05 s, after 0 bytes from it",
  );
  await peer([], "closed").answers("answers", nothing);
  assertStringIncludes(
    await failureOf(peer([], "reset").answers("answers", nothing)),
    "broke the connection off",
  );
});
