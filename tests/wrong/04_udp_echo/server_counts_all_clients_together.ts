// this is what a program does that counts two clients as one: a client is an address with its port
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
