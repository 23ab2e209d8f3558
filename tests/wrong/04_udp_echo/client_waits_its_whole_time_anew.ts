// this is what a program does that waits its whole time anew with each datagram that comes, whatever is in it
import { isFrom, own, pause, runAsker, textFor } from "./asker.ts";

await runAsker(({ server, timeout, tries }) => {
  const socket = Deno.listenDatagram(own);
  let pending = socket.receive();
  return async (request, id) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      while (true) {
        const end = performance.now() + timeout;
        const came = await Promise.race([pending, pause(end)]);
        if (!came) break;
        pending = socket.receive();
        const [bytes, sender] = came;
        const text = textFor(id, bytes);
        if (isFrom(sender, server) && text !== undefined) return text;
      }
    }
    return undefined;
  };
});
