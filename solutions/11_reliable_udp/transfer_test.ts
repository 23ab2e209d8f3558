import { assertEquals, assertRejects } from "@std/assert";
import { Mailbox } from "@lessons/11_reliable_udp/mailbox.ts";
import { near, OverError, Transfer } from "./transfer.ts";

const hostname = "127.0.0.1";

function addressOf({ socket: { addr } }: Mailbox): Deno.NetAddr {
  if (addr.transport !== "udp") throw new Error("Cannot tell the address");
  return addr;
}

Deno.test("near() finds the number behind 16 bits, on both sides of the wrap", () => {
  assertEquals(near(7, 5), 7);
  assertEquals(near(65535, 1), -1);
  assertEquals(near(0, 65535), 65536);
  assertEquals(near(65535, 65540), 65535);
  assertEquals(near(3, 131_072), 131_075);
});

Deno.test("exchange() sends again until the answer comes, and knows the peer's port from then on", async () => {
  using door = new Mailbox({ hostname });
  using own = new Mailbox({ hostname });
  using stranger = new Mailbox({ hostname });
  const patience = { timeout: 50, tries: 20 };
  using transfer = new Transfer(hostname, addressOf(door), false, patience);
  const asked = transfer.exchange(
    () => transfer.send({ kind: "ack", block: 1 }),
    (packet) => packet.kind === "data" ? packet.block : undefined,
  );
  await door.receive();
  const again = await door.receive();
  assertEquals(again?.packet, { kind: "ack", block: 1 });
  const to = again?.from;
  if (!to) throw new Error("Cannot answer: nothing came");
  await own.send({ kind: "data", block: 9, bytes: new Uint8Array() }, to);
  assertEquals(await asked, 9);

  await stranger.send({ kind: "ack", block: 3 }, to);
  await own.send({ kind: "ack", block: 4 }, to);
  assertEquals(await transfer.receive(Infinity), { kind: "ack", block: 4 });
  const refused = (await stranger.receive())?.packet;
  assertEquals(refused?.kind === "error" && refused.code, 5);

  await transfer.send({ kind: "ack", block: 5 });
  assertEquals((await own.receive())?.packet, { kind: "ack", block: 5 });
  await own.send({ kind: "error", code: 1, message: "no" }, to);
  await assertRejects(
    () => transfer.receive(Infinity),
    OverError,
    "no (error 1)",
  );
});

Deno.test("exchange() gives up after its tries", async () => {
  using door = new Mailbox({ hostname });
  const patience = { timeout: 50, tries: 2 };
  using transfer = new Transfer(hostname, addressOf(door), false, patience);
  let count = 0;
  const send = () => {
    count++;
    return transfer.send({ kind: "ack", block: 1 });
  };
  await assertRejects(
    () => transfer.exchange(send, () => undefined),
    OverError,
    "2 tries",
  );
  assertEquals(count, 2);
});
