// in the style of one loop that receives, and a Map of those that wait
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
} from "@lessons/program.ts";

const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;

await runClient(options, async ({ address, flag }) => {
  const limits = { least: 1, most: 1_000_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "200", limits);
  const tries = numberOf("tries", flag("tries") ?? "3", limits);
  const server = { ...address, transport: "udp" } as const;
  const { hostname } = address;
  const socket = Deno.listenDatagram({ hostname, port: 0, transport: "udp" });

  const waiters = new Map<string, (text: string) => void>();
  (async () => {
    for await (const [bytes, from] of socket) {
      if (formatAddress(from) !== formatAddress(server)) continue;
      const match = new TextDecoder().decode(bytes)
        .match(/^([0-9]+) ([0-9]+) ([^]*)$/);
      if (match) waiters.get(match[1] ?? "")?.(match[3] ?? "");
    }
  })();

  let code = 0;
  let count = 0;
  for await (const line of typedLines()) {
    const id = String(++count);
    const request = new TextEncoder().encode(`${id} ${line}`);
    const answer = new Promise<string>((resolve) => waiters.set(id, resolve));
    const timeIsUp = () =>
      new Promise<void>((resolve) => setTimeout(resolve, timeout));
    try {
      let text: string | void = undefined;
      for (let left = tries; left > 0 && text === undefined; left--) {
        await socket.send(request, server);
        text = await Promise.race([answer, timeIsUp()]);
      }
      if (text === undefined) {
        const where = formatAddress(server);
        throw new Error(`no answer from ${where} after ${tries} tries`);
      }
      console.log(text);
    } catch (error) {
      console.error(`error: ${explain(error, formatAddress(server)) ?? error}`);
      code = 1;
    } finally {
      waiters.delete(id);
    }
  }
  socket.close();
  Deno.exit(code);
});
