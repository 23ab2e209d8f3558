// this is what a program does that takes whatever comes next for the answer to its last request
import { isFrom, own, pause, runAsker } from "./asker.ts";

await runAsker(({ server, timeout, tries }) => {
  const socket = Deno.listenDatagram(own);
  let pending = socket.receive();
  return async (request) => {
    for (let count = 1; count <= tries; count++) {
      await socket.send(request, server);
      const end = performance.now() + timeout;
      for (let came; (came = await Promise.race([pending, pause(end)]));) {
        pending = socket.receive();
        const [bytes, sender] = came;
        const [, text] =
          /^\d+ \d+ (.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
        if (isFrom(sender, server) && text !== undefined) return text;
      }
    }
    return undefined;
  };
});
