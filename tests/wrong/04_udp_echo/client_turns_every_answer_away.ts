// this is what a program does that turns every answer away, the right one, too: two address objects are never equal, nor are a text and a number
import { own, pause, runAsker, textFor } from "./asker.ts";

await runAsker(({ server, timeout, tries }) => {
  const socket = Deno.listenDatagram(own);
  let pending = socket.receive();
  return async (request, id) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const end = performance.now() + timeout;
      for (let came; (came = await Promise.race([pending, pause(end)]));) {
        pending = socket.receive();
        const [bytes, sender] = came;
        if (sender !== server) continue;
        const text = textFor(id, bytes);
        if (text !== undefined) return text;
      }
    }
    return undefined;
  };
});
