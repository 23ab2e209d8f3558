/**
 * Lesson 10, experiment: datagrams over a path, and nobody reads them.
 *
 *   deno run --unstable-net --allow-read=. --allow-write=. --allow-net=unix:$PWD/in.sock,unix:$PWD/out.sock lessons/10_unix_sockets/experiment_datagrams.ts
 */
const reader = Deno.listenDatagram({
  ...{ transport: "unixpacket", path: "in.sock" },
});
const sender = Deno.listenDatagram({
  ...{ transport: "unixpacket", path: "out.sock" },
});

let sent = 0;
async function sendAll(): Promise<void> {
  for (let i = 1; i <= 100; i++) {
    await sender.send(new TextEncoder().encode(`number ${i}`), reader.addr);
    sent++;
  }
}

const sending = sendAll();
for (let before = -1; before < sent;) { // until it stands still
  before = sent;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log(`${sent} are sent, and the next one waits`);

const texts: string[] = [];
for (let i = 1; i <= 100; i++) {
  const [bytes] = await reader.receive();
  texts.push(new TextDecoder().decode(bytes));
}
await sending;
console.log(`read: ${texts.length}, from ${texts.at(0)} to ${texts.at(-1)}`);

for (const path of ["in.sock", "out.sock"]) Deno.removeSync(path); // no close() does it here
Deno.exit();
