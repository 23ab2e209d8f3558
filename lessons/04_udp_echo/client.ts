/**
 * Lesson 04, client: send each line that is typed, print what comes back, stop after `exit` or at `q`.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/client.ts
 *
 * With --no-reply it sends and forgets.
 */
import { runClient, typedLines } from "@lessons/program.ts";

const options = { port: 8004, switches: ["no-reply"] } as const;

await runClient(options, async ({ address, isOn }) => {
  const server: Deno.NetAddr = { ...address, transport: "udp" };
  const socket = Deno.listenDatagram({
    // A socket at 127.0.0.1 reaches this machine alone; one at 0.0.0.0 reaches all others.
    hostname: address.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0",
    port: 0, // any that is free: the server learns it from the datagram
    transport: "udp",
  });

  for await (const line of typedLines()) {
    if (line === "q") break;

    await socket.send(new TextEncoder().encode(line), server); // sent, which does not mean that it arrives

    if (!isOn("no-reply")) {
      const [answer] = await socket.receive(); // waits for ever where nothing comes
      const text = new TextDecoder().decode(answer);
      if (text === "q") break;
      console.log(text);
    }
    if (line === "exit") break;
  }
  socket.close();
});
