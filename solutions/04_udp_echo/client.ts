/**
 * Lesson 04, solution, client: send each line, and send it again until its answer comes.
 *
 *   deno run --allow-net=127.0.0.1 solutions/04_udp_echo/client.ts
 */
import {
  explain,
  formatAddress,
  numberOf,
  runClient,
  typedLines,
  UsageError,
} from "@lessons/program.ts";
import { datagrams } from "./datagrams.ts";

const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;

await runClient(options, async ({ address, flag }) => {
  const range = { least: 1, most: 60_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "200", range);
  const tries = numberOf("tries", flag("tries") ?? "3", range);
  if (!/^[\d.]+$/.test(address.hostname)) {
    throw new UsageError("--host needs an address in numbers here"); // an answer is known by its sender's address
  }

  const server: Deno.NetAddr = { ...address, transport: "udp" };
  const socket = Deno.listenDatagram({
    hostname: address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",
    port: 0,
    transport: "udp",
  });

  const where = formatAddress(server);
  let id = 0;
  let answered = Promise.withResolvers<string>();

  // One listener for the whole run. It hears every datagram and keeps only the answer to the request of the moment.
  const listen = async () => {
    for await (const [bytes, sender] of datagrams(socket)) {
      if (formatAddress(sender) !== where) continue; // a stranger
      const [, itsId, text] =
        /^(\d+) \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
      if (itsId === String(id) && text !== undefined) answered.resolve(text);
    }
  };
  const listening = listen();

  const ask = async (request: Uint8Array) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const text = await within(timeout, answered.promise);
      if (text !== undefined) return text;
    }
    throw new Error(`no answer from ${where} after ${tries} tries`);
  };

  let hasFailed = false;
  for await (const line of typedLines()) {
    id++;
    answered = Promise.withResolvers();
    try {
      console.log(await ask(new TextEncoder().encode(`${id} ${line}`)));
    } catch (error) {
      const cause = explain(error, where);
      if (cause === undefined) throw error; // a mistake of this program
      console.error(`error: ${cause}`);
      hasFailed = true; // the next line may do better
    }
  }

  socket.close();
  await listening;
  if (hasFailed) Deno.exit(1);
});

/** Waits for a promise so many milliseconds. @returns What it gives, or `undefined` where it gives nothing in time. */
async function within<T>(
  ms: number,
  promise: Promise<T>,
): Promise<T | undefined> {
  const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
