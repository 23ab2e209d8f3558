import { assertEquals, assertRejects } from "@std/assert";
import type { Address } from "@lessons/program.ts";
import { type DatagramFault, planDatagrams } from "./datagram_plan.ts";
import { Failure } from "./failure.ts";
import { byClock } from "./guard.ts";
import { delay } from "./faults/delay.ts";
import { drop } from "./faults/drop.ts";
import { duplicate } from "./faults/duplicate.ts";
import { reorder } from "./faults/reorder.ts";
import { stranger } from "./faults/stranger.ts";
import { truncate } from "./faults/truncate.ts";
import { IN_VAIN_MS, untold, type UntoldScene } from "./fixtures/untold.ts";
import { UdpPeer, type UdpPeerOptions } from "./udp_peer.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A plan as text: a datagram as its text, a stranger's with a mark, any other move in brackets. */
function told(texts: string[], ...faults: DatagramFault[]): string {
  return planDatagrams(texts.map(encode), ...faults).map((move) => {
    if (move.do === "pause") return `[pause ${move.ms}]`;
    return (move.from === "stranger" ? "?" : "") + decode(move.bytes);
  }).join(" ");
}

Deno.test("a plan without faults is the datagrams, empty ones too", () => {
  assertEquals(told(["a", "", "b"]), "a  b");
});

Deno.test("each fault of a network bends the plan in its own way", () => {
  assertEquals(told(["one", "two"], drop()), "");
  assertEquals(told(["one", "two"], delay(5)), "[pause 5] one [pause 5] two");
  assertEquals(told(["one", "two"], duplicate()), "one one two two");
  assertEquals(told(["one", "two"], reorder()), "two one");
  assertEquals(told(["one", "two"], stranger()), "?one ?two");
  assertEquals(told(["one", "a"], truncate(2)), "on a");
  assertEquals(told(["one"], duplicate(), stranger()), "?one ?one");
});

/** A socket that stands for the program under test. */
class FakeProgram {
  readonly socket = Deno.listenDatagram({
    hostname: "127.0.0.1",
    port: 0,
    transport: "udp",
  });

  async send(text: string, to: Address): Promise<void> {
    await this.socket.send(encode(text), { ...to, transport: "udp" });
  }

  /** The next datagram's text and its sender's port. */
  async receive(): Promise<[string, number]> {
    const [bytes, from] = await this.socket.receive();
    return [decode(bytes), "port" in from ? from.port : 0];
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

function openPeer(
  options: Partial<UdpPeerOptions> = {},
): UdpPeer & Disposable & { readonly itsScene: UntoldScene } {
  const scene = untold();
  const names = { label: "your client", us: "the server" };
  const peer = new UdpPeer(scene, { ...names, ...options });
  return Object.assign(peer, {
    itsScene: scene,
    [Symbol.dispose]: () => scene.closers.forEach((close) => close()),
  });
}

async function failureOf(act: Promise<unknown>): Promise<Failure> {
  return await assertRejects(() => act, Failure);
}

/** How a peer fails that waits for what nobody sends. */
async function silenceOf(
  peer: ReturnType<typeof openPeer>,
  text: string,
): Promise<Failure> {
  const { itsScene } = peer;
  const { patience } = itsScene;
  itsScene.patience = byClock(IN_VAIN_MS);
  try {
    return await failureOf(peer.gets(text));
  } finally {
    itsScene.patience = patience;
  }
}

Deno.test("a peer takes datagrams one by one and answers where the first came from", async () => {
  using program = new FakeProgram();
  using peer = openPeer();
  const before = performance.now();
  await program.send("1 a", peer.address);
  await program.send("", peer.address);
  const at = await peer.gets("1 a");
  assertEquals(at >= before, true);
  await peer.gets("");
  await peer.hasGotNoMore();
  await peer.sends(["yes"]);
  assertEquals(await program.receive(), ["yes", peer.address.port]);
});

Deno.test("a peer sends a stranger's datagrams from another address", async () => {
  using program = new FakeProgram();
  using peer = openPeer();
  await program.send("hi", peer.address);
  await peer.gets("hi");
  await peer.sends(["x"], stranger());
  const [text, port] = await program.receive();
  assertEquals([text, port === peer.address.port], ["x", false]);
});

Deno.test("a peer tells another datagram, another socket, one too many and silence", async () => {
  using program = new FakeProgram();
  using other = new FakeProgram();
  using peer = openPeer();
  await program.send("help", peer.address);
  assertEquals(
    (await failureOf(peer.gets("hello"))).message,
    'your client sent "help" (4 bytes); it was expected to send "hello" (5 bytes)',
  );
  await other.send("hello", peer.address);
  const { message, seen } = await failureOf(peer.gets("hello"));
  assertEquals(
    message.replaceAll(/\d{4,}/g, "<port>"),
    'your client sent "hello" (5 bytes) from 127.0.0.1:<port>; it was expected to send everything from 127.0.0.1:<port>',
  );
  assertEquals(seen.silent, undefined);
  await program.send("more", peer.address);
  assertEquals(
    (await failureOf(peer.hasGotNoMore())).message,
    'your client sent "more" (4 bytes) when it was expected to send nothing more',
  );
  await peer.gets("more");
  const silence = await silenceOf(peer, "hello");
  assertEquals(
    silence.message,
    'your client sent nothing for 0.05 s; it was expected to send "hello" (5 bytes); the server had sent nothing',
  );
  assertEquals(silence.seen.silent, true);
});

Deno.test("a peer that waited in vain takes the next datagram all the same", async () => {
  using program = new FakeProgram();
  using peer = openPeer();
  await silenceOf(peer, "a");
  await silenceOf(peer, "a");
  await program.send("a", peer.address);
  await program.send("b", peer.address);
  await peer.gets("a");
  await peer.gets("b");
});

Deno.test("a peer leaves out repeats where the program may ask again, and only there", async () => {
  using program = new FakeProgram();
  using patient = openPeer({ mayAskAgain: true });
  using strict = openPeer();
  for (const { address } of [patient, strict]) {
    for (const text of ["1 a", "1 a", "2 b"]) await program.send(text, address);
  }
  await patient.gets("1 a");
  await patient.gets("2 b");
  await strict.gets("1 a");
  await failureOf(strict.gets("2 b"));
});

Deno.test("a peer sends something else again and again until a datagram comes", async () => {
  using program = new FakeProgram();
  using peer = openPeer();
  await program.send("a", peer.address);
  await program.send("a", peer.address);
  await peer.gets("a", 2);
  const getting = peer.getsAmid("junk", "b", 120);
  for (let i = 0; i < 3; i++) {
    assertEquals((await program.receive())[0], "junk");
  }
  await program.send("b", peer.address);
  await getting;
  await peer.hasGotNoMore();
});

Deno.test("a peer does not wait for a program that has ended, but reads its last datagram", async () => {
  using program = new FakeProgram();
  const ended = () => Promise.resolve({ code: 3, signal: null });
  using peer = openPeer({ ended });
  await program.send("bye", peer.address);
  await peer.gets("bye");
  assertEquals(
    (await failureOf(peer.gets("more"))).message,
    'your client ended with exit code 3 when it was expected to send "more" (4 bytes)',
  );
});
