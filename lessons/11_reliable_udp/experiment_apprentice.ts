/**
 * Lesson 11, experiment: one acknowledgement comes twice, and two kinds of sender hear it.
 *
 *   deno run --allow-net=127.0.0.1 lessons/11_reliable_udp/experiment_apprentice.ts
 */
import { Mailbox } from "./mailbox.ts";

/** How many blocks are sent. */
const BLOCKS = 10;

for (const answersAll of [false, true]) {
  using sender = new Mailbox({ hostname: "127.0.0.1" });
  using receiver = new Mailbox({ hostname: "127.0.0.1" });
  const [from, to] = [sender.socket.addr, receiver.socket.addr];
  if (from.transport !== "udp" || to.transport !== "udp") break;

  let sent = 0;
  let unheard = 0; // acknowledgements that the sender has not heard yet
  const acknowledge = (block: number) => {
    unheard++;
    return receiver.send({ kind: "ack", block }, from);
  };
  const send = (block: number) => {
    sent++;
    const bytes = new Uint8Array(512);
    return sender.send({ kind: "data", block, bytes }, to);
  };
  await send(1);
  for (let block = 1, isOver = false; !isOver;) {
    const packet = (await receiver.receive())?.packet;
    if (packet?.kind !== "data") break;
    await acknowledge(packet.block);
    if (sent === 1) await acknowledge(1); // the network doubles this one

    for (; unheard > 0; unheard--) {
      const ack = (await sender.receive())?.packet;
      if (ack?.kind !== "ack") break;
      const isNew = ack.block === block;
      if (isNew) block++;
      if ((isNew || answersAll) && ack.block < BLOCKS) {
        await send(ack.block + 1);
      }
    }
    isOver = packet.block === BLOCKS;
  }
  const rule = answersAll
    ? "answers each acknowledgement"
    : "goes by the first";
  console.log(`a sender that ${rule}: ${sent} datagrams for ${BLOCKS} blocks`);
}
