/**
 * Lesson 08, experiment: one of three members does not read.
 *
 *   deno run --allow-net=127.0.0.1 lessons/08_concurrent_server/experiment_stuck_reader.ts
 */
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

const ROUNDS = 1000;
const LINE = new Uint8Array(16 * 1024);

/** After so long without a step nothing more is to be expected, in milliseconds. */
const STILL_MS = 1000;

console.log("every write is awaited:");
await broadcast(async (members, count) => {
  for (const member of members) await writeAll(member, LINE);
  count(0);
});

console.log("none is:");
let waiting = 0;
await broadcast(async (members, count) => {
  for (const [i, member] of members.entries()) {
    waiting += LINE.length;
    const written = writeAll(member, LINE).then(() => waiting -= LINE.length);
    written.catch(() => {}); // our own end closes it
    if (i !== 1) await written; // for this experiment: those who read are not too slow
  }
  count(waiting);
});

/** Gives lines to three members until nothing goes on, and tells how far it came. */
async function broadcast(
  tell: (members: Deno.Conn[], count: (kept: number) => void) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const clients: Deno.Conn[] = [];
  const members: Deno.Conn[] = [];
  for (let i = 0; i < 3; i++) {
    clients.push(await Deno.connect({ port: listener.addr.port }));
    members.push(await listener.accept());
  }
  for (const [i, client] of clients.entries()) {
    if (i !== 1) client.readable.pipeTo(new WritableStream()).catch(() => {});
  }
  let rounds = 0;
  let kept = 0;
  const talk = async () => {
    while (rounds < ROUNDS) {
      await tell(members, (bytes) => kept = bytes);
      rounds++;
    }
  };
  const talking = talk();
  talking.catch(() => {}); // our own end closes its connections
  for (let before = -1; rounds < ROUNDS && rounds > before;) {
    before = rounds;
    const later = new Promise((resolve) => setTimeout(resolve, STILL_MS));
    await Promise.race([talking, later]);
  }
  const mib = (kept / 1024 / 1024).toFixed(0);
  console.log(
    `  after ${rounds} rounds ${
      rounds < ROUNDS
        ? "all wait for the second"
        : `${mib} MiB wait for the second`
    }`,
  );
  for (const member of members) member.close();
}
