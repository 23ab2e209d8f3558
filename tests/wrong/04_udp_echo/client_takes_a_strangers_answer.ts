// this is what a program does that takes an answer from anybody and does not ask who sent it
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
        const [bytes] = came;
        const text = textFor(id, bytes);
        if (text !== undefined) return text;
      }
    }
    return undefined;
  };
});
