// this is what a program does that has one counter for all clients, as if there were a connection
import { runServer } from "@lessons/program.ts";

await runServer({ port: 8004 }, async ({ address, say }) => {
  const socket = Deno.listenDatagram({ ...address, transport: "udp" });
  say.listening(socket);

  let n = 0;
  while (true) {
    const [request, client] = await socket.receive();
    n++;
    const [, id, text] =
      /^(\d+) (.*)$/s.exec(new TextDecoder().decode(request)) ?? [];
    if (id === undefined || text === undefined) continue;
    const answer = `${id} ${n} ${text.toUpperCase()}`;
    await socket.send(new TextEncoder().encode(answer), client)
      .catch(console.log);
  }
});
