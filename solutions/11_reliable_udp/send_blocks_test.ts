import { assertEquals } from "@std/assert";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import { sendBlocks } from "./send_blocks.ts";
import { Transfer } from "./transfer.ts";

const hostname = "127.0.0.1";

/** A source that gives its bytes three at a time. */
function source(bytes: Uint8Array) {
  let at = 0;
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      if (at === bytes.length) return Promise.resolve(null);
      const part = bytes.subarray(at, at + Math.min(3, buffer.length));
      buffer.set(part);
      at += part.length;
      return Promise.resolve(part.length);
    },
  };
}

Deno.test("sendBlocks() sends a window, and goes on behind what is acknowledged", async () => {
  using peer = new Mailbox({ hostname });
  const { addr } = peer.socket;
  if (addr.transport !== "udp") throw new Error("Cannot tell the address");
  using transfer = new Transfer(hostname, addr, true, {
    timeout: 5000,
    tries: 5,
  });
  const sending = sendBlocks(transfer, source(new Uint8Array(40)), {
    blksize: 8,
    windowsize: 3,
  });
  const blocks = async (count: number) => {
    const seen = [];
    for (let i = 0; i < count; i++) {
      const packet = (await peer.receive())?.packet;
      if (packet?.kind === "data") {
        seen.push([packet.block, packet.bytes.length]);
      }
    }
    return seen;
  };
  const acknowledge = async (block: number) => {
    const to = transferAddress;
    await peer.send({ kind: "ack", block }, to);
  };
  const first = await peer.receive();
  if (!first) throw new Error("Cannot go on: nothing came");
  const transferAddress = first.from;
  assertEquals(await blocks(2), [[2, 8], [3, 8]]);
  await acknowledge(1); // 2 and 3 were lost
  assertEquals(await blocks(3), [[2, 8], [3, 8], [4, 8]]);
  await acknowledge(4);
  assertEquals(await blocks(2), [[5, 8], [6, 0]]);
  await acknowledge(6);
  assertEquals(await sending, 40);
});

Deno.test("sendBlocks() waits for the last acknowledgement as if it had measured nothing", async () => {
  using peer = new Mailbox({ hostname });
  const { addr } = peer.socket;
  if (addr.transport !== "udp") throw new Error("Cannot tell the address");
  using transfer = new Transfer(hostname, addr, true, {
    timeout: 5000,
    tries: 1,
  });
  const sending = sendBlocks(transfer, source(new Uint8Array(8)), {
    blksize: 8,
    windowsize: 1,
  });
  const first = await peer.receive();
  if (!first) throw new Error("Cannot go on: nothing came");
  await peer.send({ kind: "ack", block: 1 }, first.from);
  await peer.receive();
  // The peer's disk is slow: three times as long as a round trip on loopback would be waited for.
  await new Promise((resolve) => setTimeout(resolve, 150));
  await peer.send({ kind: "ack", block: 2 }, first.from);
  assertEquals(await sending, 8);
});
