/**
 * Lesson 04, exercise "ask again", client.
 *
 *   deno run --allow-net=127.0.0.1 answers/04_udp_echo/client.ts
 */
import { numberOf, runClient, typedLines } from "@lessons/program.ts";

const options = { port: 8004, flags: { timeout: "MS", tries: "N" } } as const;

await runClient(options, async ({ address, flag }) => {
  const range = { least: 1, most: 60_000 };
  const timeout = numberOf("timeout", flag("timeout") ?? "200", range);
  const tries = numberOf("tries", flag("tries") ?? "3", range);

  const server: Deno.NetAddr = { ...address, transport: "udp" };
  const socket = Deno.listenDatagram({
    hostname: address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",
    port: 0,
    transport: "udp",
  });

  for await (const line of typedLines()) {
    // TODO: a request is `<id> <text>`, ids counting from 1.
    const request = `TODO ${line}`;
    await socket.send(new TextEncoder().encode(request), server);

    // TODO: wait `timeout` ms for the answer, send again, `tries` times in all.
    // TODO: take only this id's answer, and only from the server's own address.
    // TODO: print its TEXT; or the error, and exit with 1 at the end.
    console.log(`TODO: ${tries} tries, ${timeout} ms each`);
  }
  socket.close();
});
