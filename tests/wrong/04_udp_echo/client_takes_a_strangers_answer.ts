// this is what a program does that takes an answer from anybody and does not ask who sent it
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;

await runClient(options, async ({ address, flag }) => {
  const range = { least: 1, most: 60_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "200", range);
  const tries = numberOf("tries", flag("tries") ?? "3", range);
  const server: Deno.NetAddr = { ...address, transport: "udp" };
  const where = formatAddress(server);
  const own = { hostname: "127.0.0.1", port: 0, transport: "udp" } as const;
  const socket = Deno.listenDatagram(own);
  let pending: Promise<[Uint8Array, Deno.Addr]> | undefined;

  let hasFailed = false;
  let id = 0;

  const ask = async (request: Uint8Array) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const end = performance.now() + timeout;
      while (true) {
        pending ??= socket.receive();
        const came = await Promise.race([pending, pause(end)]);
        if (!came) break;
        pending = undefined;
        const [bytes] = came;
        const [, itsId, text] =
          /^(\d+) \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
        if (itsId === String(id)) return text;
      }
    }
    throw new Error(`no answer from ${where} after ${tries} tries`);
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

function pause(end: number): Promise<undefined> {
  return new Promise((resolve) =>
    setTimeout(() => resolve(undefined), Math.max(0, end - performance.now()))
  );
}
