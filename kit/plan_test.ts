import { byClock } from "./guard.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Failure } from "./failure.ts";
import { chop } from "./faults/chop.ts";
import { cut } from "./faults/cut.ts";
import { gate } from "./faults/gate.ts";
import { halfClose } from "./faults/half_close.ts";
import { hangUp } from "./faults/hang_up.ts";
import { reset } from "./faults/reset.ts";
import { stall } from "./faults/stall.ts";
import { type Fault, plan } from "./plan.ts";
import { TcpPeer } from "./tcp_peer.ts";
import type { Wire } from "./wire.ts";

const encoder = new TextEncoder();

/** A plan as text: a write as its text, any other move in brackets. */
function told(text: string, ...faults: Fault[]): string {
  return plan(encoder.encode(text), ...faults).map((move) => {
    if (move.do === "write") return new TextDecoder().decode(move.bytes);
    if (move.do === "pause") return `[pause ${move.ms}]`;
    return move.do === "await" ? `[await ${move.bytes}]` : `[${move.do}]`;
  }).join(" ");
}

Deno.test("a plan without faults is one write", () => {
  assertEquals(told("hello"), "hello");
  assertEquals(told(""), "");
});

Deno.test("cut() makes writes of the sizes, the last one for the rest", () => {
  assertEquals(told("hello", cut(2)), "he [pause 0] ll [pause 0] o");
  assertEquals(told("hello", cut(1, 3)), "h [pause 0] ell [pause 0] o");
  assertEquals(told("hello", cut(9)), "hello");
});

Deno.test("chop() makes writes of one size without a pause", () => {
  assertEquals(told("hello", chop(2)), "he ll o");
  assertEquals(told("hello you", chop(1, 2, 3)), "h e l lo   you");
  assertEquals(told("", chop(2), halfClose()), "[half-close]");
});

Deno.test("gate() holds back all but the first write", () => {
  assertEquals(
    told("hello", cut(2), gate(7)),
    "he [await 7] [pause 0] ll [pause 0] o",
  );
  assertEquals(told("hello", gate(7)), "hello");
});

Deno.test("stall(), halfClose(), hangUp() and reset() add their moves", () => {
  assertEquals(told("hi", stall(5), halfClose()), "[pause 5] hi [half-close]");
  assertEquals(told("", hangUp()), "[close]");
  assertEquals(told("hi", reset()), "hi [reset]");
});

/** A wire that gives these chunks and then what `end` says. */
class FakeWire implements Wire {
  readonly address = "127.0.0.1:1";
  readonly #chunks: Uint8Array[];

  constructor(chunks: string[], readonly end: "closed" | "reset" | "open") {
    this.#chunks = chunks.map((chunk) => encoder.encode(chunk));
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
  return new TcpPeer(
    new FakeWire(chunks, end),
    "your server",
    "the client",
    byClock(50),
  );
}

async function failureOf(act: Promise<void>): Promise<string> {
  return (await assertRejects(() => act, Failure)).message;
}

Deno.test("a peer puts chunks together and keeps what is left over", async () => {
  const client = peer(["he", "llo wor", "ld"], "closed");
  await client.expect("hello ");
  await client.expect("world");
  await client.expectEnd();
});

Deno.test("a peer tells wrong bytes from an early end, a reset and silence", async () => {
  assertEquals(
    await failureOf(peer(["help", "less"], "closed").expect("hello")),
    'your server sent "helpless" (8 bytes); it was expected to send "hello" (5 bytes)',
  );
  assertEquals(
    await failureOf(peer(["he"], "closed").expect("hello")),
    'your server closed the connection after 2 bytes of 5; it was expected to send "hello" (5 bytes)',
  );
  assertStringIncludes(
    await failureOf(peer(["he"], "reset").expect("hello")),
    "your server broke the connection off (a reset) after 2 bytes of 5",
  );
  assertEquals(
    await failureOf(peer([], "open").expect("hello")),
    'your server sent nothing for 0.05 s; it was expected to send "hello" (5 bytes); the client had sent nothing',
  );
});

Deno.test("a peer that waits for the end rejects bytes, a reset and an open connection", async () => {
  assertStringIncludes(
    await failureOf(peer(["more"], "closed").expectEnd()),
    'your server sent "more" (4 bytes) when it was expected to close',
  );
  assertStringIncludes(
    await failureOf(peer([], "reset").expectEnd()),
    "a reset",
  );
  assertEquals(
    await failureOf(peer([], "open").expectEnd()),
    "your server kept the connection open for 0.05 s; it was expected to close it",
  );
});

Deno.test("a peer says what it was sending when the other side had gone", async () => {
  assertEquals(
    await failureOf(peer([], "closed").send("hi")),
    'your server had closed the connection when the client was sending "hi" (2 bytes)',
  );
  assertEquals(await peer([], "closed").offer("hi"), false);
});
