// this is what a program does that opens a fresh socket now and then: to the server it is somebody else each time
import { isFrom, own, pause, runAsker, textFor } from "./asker.ts";

await runAsker(({ server, timeout, tries }) => async (request, id) => {
  for (let count = 1; count <= tries; count++) {
    const socket = Deno.listenDatagram(own);
    await socket.send(request, server);
    let pending = socket.receive();
    const end = performance.now() + timeout;
    for (let came; (came = await Promise.race([pending, pause(end)]));) {
      pending = socket.receive();
      const [bytes, sender] = came;
      const text = textFor(id, bytes);
      if (isFrom(sender, server) && text !== undefined) return text;
    }
  }
  return undefined;
});
