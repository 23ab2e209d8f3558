import { assert, assertEquals } from "@std/assert";
import { Mailbox } from "./mailbox.ts";
import type { Packet } from "./packet.ts";

const hostname = "127.0.0.1";

function addressOf({ socket: { addr } }: Mailbox): Deno.NetAddr {
  if (addr.transport !== "udp") throw new Error("Cannot tell the address");
  return addr;
}

Deno.test("receive() gives packets and who sent them, and loses none for a wait that was given up", async () => {
  using here = new Mailbox({ hostname });
  using there = new Mailbox({ hostname });
  const now = performance.now();
  assertEquals(await here.receive(now), undefined);
  assertEquals(await here.receive(now), undefined);

  const packets: Packet[] = [1, 2, 3].map((block) => ({ kind: "ack", block }));
  for (const packet of packets) await there.send(packet, addressOf(here));
  for (const packet of packets) {
    const letter = await here.receive();
    assertEquals(letter?.packet, packet);
    assertEquals(letter?.from.port, addressOf(there).port);
  }
});

Deno.test("receive() gives what is no packet as none", async () => {
  using here = new Mailbox({ hostname });
  using there = new Mailbox({ hostname });
  await there.socket.send(new TextEncoder().encode("hello"), addressOf(here));
  const letter = await here.receive();
  assert(letter);
  assertEquals(letter.packet, undefined);
});
