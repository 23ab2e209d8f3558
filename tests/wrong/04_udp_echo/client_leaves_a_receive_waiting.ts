// this is what a program does that leaves an old receive() waiting, which then eats the answer
import { isFrom, own, pause, runAsker, textFor } from "./asker.ts";

await runAsker(({ server, timeout, tries }) => {
  const socket = Deno.listenDatagram(own);
  return async (request, id) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const end = performance.now() + timeout;
      while (true) {
        const came = await Promise.race([socket.receive(), pause(end)]);
        if (!came) break;
        const [bytes, sender] = came;
        const text = textFor(id, bytes);
        if (isFrom(sender, server) && text !== undefined) return text;
      }
    }
    return undefined;
  };
});
