// this is what a program does that goes on waiting when its time is up, as if no datagram were ever lost
import { isFrom, own, runAsker, textFor } from "./asker.ts";

await runAsker(({ server }) => {
  const socket = Deno.listenDatagram(own);
  return async (request, id) => {
    await socket.send(request, server);
    while (true) {
      const [bytes, sender] = await socket.receive();
      const text = textFor(id, bytes);
      if (isFrom(sender, server) && text !== undefined) return text;
    }
  };
});
