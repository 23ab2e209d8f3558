import { assertEquals } from "@std/assert";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import { BlockReader } from "./receive_blocks.ts";
import { Transfer } from "./transfer.ts";

const hostname = "127.0.0.1";

Deno.test("BlockReader gives each block once and in order, and acknowledges windows and gaps", async () => {
  using peer = new Mailbox({ hostname });
  const { addr } = peer.socket;
  if (addr.transport !== "udp") throw new Error("Cannot tell the address");
  using transfer = new Transfer(hostname, addr, true, {
    timeout: 5000,
    tries: 5,
  });
  const reader = new BlockReader(transfer, { blksize: 8, windowsize: 2 });
  await reader.begin();
  const begun = await peer.receive();
  if (!begun) throw new Error("Cannot go on: nothing came");
  assertEquals(begun.packet, { kind: "ack", block: 0 });

  const numbers = [1, 2, 4, 5, 2, 3, 4];
  for (const block of numbers) {
    const bytes = new Uint8Array(block === 4 ? 3 : 8).fill(block);
    await peer.send({ kind: "data", block, bytes }, begun.from);
  }
  const got: number[] = [];
  const buffer = new Uint8Array(5); // smaller than a block
  for (let count; (count = await reader.read(buffer)) !== null;) {
    got.push(...buffer.subarray(0, count));
  }
  const eight = (value: number) => new Array<number>(8).fill(value);
  assertEquals(got, [...eight(1), ...eight(2), ...eight(3), 4, 4, 4]);

  await reader.finish();
  const acknowledged = [];
  for (let i = 0; i < 4; i++) acknowledged.push((await peer.receive())?.packet);
  const blocks = [2, 2, 2, 4]; // the window, the gap, block 2 once more, the end
  assertEquals<unknown>(
    acknowledged,
    blocks.map((block) => ({ kind: "ack", block })),
  );
});
