/**
 * Lesson 04, server: send each datagram back to whoever sent it.
 *
 *   deno run --allow-net=127.0.0.1 lessons/04_udp_echo/server.ts
 *
 * With --chat the answer to each is the next line that you type.
 */
import { formatAddress, runServer, typedLines } from "@lessons/program.ts";

const options = { port: 8004, switches: ["chat"] } as const;

await runServer(options, async ({ address, isOn, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  const typed = typedLines();
  while (true) {
    const [message, sender] = await socket.receive(); // one datagram, and who sent it

    let answer = message;
    if (isOn("chat")) {
      const text = new TextDecoder().decode(message);
      console.log(`${formatAddress(sender)}> ${text}`);
      const line = await typed.next(); // datagrams that come meanwhile wait in the socket
      if (line.done) break;
      answer = new TextEncoder().encode(line.value);
    }

    await socket.send(answer, sender); // no connection: each datagram is told where to go
    if (!isOn("chat")) {
      console.log(`${message.length} bytes from ${formatAddress(sender)}`);
    }
  }
  socket.close();
});
