// in the style of somebody who logs everything, and reads the bytes himself
import { runServer } from "@lessons/program.ts";

const SPACE = 0x20;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

await runServer({ port: 8004 }, async ({ address, say }) => {
  console.log("starting…");
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);
  const clients = new Map<number, number>(); // all of them are at one host

  for await (const [bytes, from] of socket) {
    if (!("port" in from)) continue;
    console.log(`${bytes.length} bytes from port ${from.port}`);
    const n = 1 + (clients.get(from.port) ?? 0);
    clients.set(from.port, n);

    const space = bytes.indexOf(SPACE);
    const id = bytes.subarray(0, Math.max(space, 0));
    if (id.length === 0 || !id.every(isDigit)) {
      console.log("that is no request");
      continue;
    }
    const text = new TextDecoder("utf-8", { ignoreBOM: true })
      .decode(bytes.subarray(space + 1)).toUpperCase();
    const head = `${new TextDecoder().decode(id)} ${n} `;
    const answer = new Blob([head, text]);
    try {
      const sent = await socket.send(await answer.bytes(), from);
      console.log(`sent ${sent} bytes`);
    } catch (error) {
      console.log(`could not answer: ${error}`);
    }
  }
});
