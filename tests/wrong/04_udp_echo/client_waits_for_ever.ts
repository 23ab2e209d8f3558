// this is what a program does that waits for its answer for ever, as if no datagram were ever lost
import {
  explain,
  formatAddress,
  runClient,
  typedLines,
} from "@lessons/program.ts";

const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;

await runClient(options, async ({ address }) => {
  const server: Deno.NetAddr = { ...address, transport: "udp" };
  const where = formatAddress(server);
  const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
  const socket = Deno.listenDatagram(own);

  let hasFailed = false;
  let id = 0;

  const ask = async (request: Uint8Array) => {
    await socket.send(request, server);
    while (true) {
      const [bytes, sender] = await socket.receive();
      if (formatAddress(sender) !== where) continue;
      const [, itsId, text] =
        /^(\d+) \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
      if (itsId === String(id)) return text;
    }
  };

  for await (const line of typedLines()) {
    id++;
    try {
      console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));
    } catch (error) {
      console.error(`error: ${explain(error, where)}`);
      hasFailed = true;
    }
  }
  if (hasFailed) Deno.exit(1);
});
